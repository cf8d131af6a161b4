"""Other processes, as Linux tells of them in `/proc`: which belong to a run, and how much memory they hold."""

from pathlib import Path


def of_session(session: int) -> set[int]:
    """Numbers of the processes of a session that have not ended."""
    found = set()
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session = place.read_text(encoding="utf8").rpartition(")")[2].split()[:4]
        except OSError:
            continue
        if int(its_session) == session and state != "Z":
            found.add(int(place.parent.name))
    return found


def resident(process: int) -> float | None:
    """MB that a process holds now; nothing where it has ended or the system does not tell."""
    return _status(process, "VmRSS")


def peak_of(process: int) -> float | None:
    """MB that a process held at most so far. What is told at the end of a process counts its parent's too, so ask before."""
    return _status(process, "VmHWM")


def _status(process: int, field: str) -> float | None:
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf8")
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith(field)), None)
