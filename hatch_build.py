"""Builds `_loops.pyx` into a wheel of one platform; the rules beside it are compiled by hatch-mypyc (`make compiled` asks for both)."""

import os
from contextlib import chdir
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MADE = "build/loops"


class LoopsHook(BuildHookInterface):
    """Hands the wheel one extension module, which Cython and setuptools make."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and have the result packed as `credscore/_loops`."""
        from Cython.Build import cythonize
        from setuptools import Distribution, Extension
        from setuptools.command.build_ext import build_ext

        with chdir(self.root):  # paths from here stay short: those that a compiler makes of them repeat one another
            loops = Extension("credscore._loops", ["src/credscore/_loops.pyx"], extra_compile_args=[] if os.name == "nt" else ["-O3"])
            modules = cythonize([loops], build_dir=MADE, force=True, quiet=True)
            command = build_ext(Distribution({"name": "credscore", "ext_modules": modules}))
            command.build_lib, command.build_temp, command.force = f"{MADE}/lib", f"{MADE}/temp", True
            command.ensure_finalized()
            command.run()
            for built in map(Path, command.get_outputs()):
                build_data["force_include"][str(built.resolve())] = f"credscore/{built.name}"
        build_data["pure_python"], build_data["infer_tag"] = False, True
