"""Builds `_loops.pyx` into a wheel of one platform; the rules beside it are compiled by hatch-mypyc (`make compiled` asks for both)."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class LoopsHook(BuildHookInterface):
    """Hands the wheel one extension module, which Cython and setuptools make."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and have the result packed as `credscore/_loops`."""
        from Cython.Build import cythonize
        from setuptools import Distribution, Extension
        from setuptools.command.build_ext import build_ext

        source, made = Path(self.root, "src", "credscore", "_loops.pyx"), Path(self.root, "build", "loops")
        modules = cythonize([Extension("credscore._loops", [str(source)])], build_dir=str(made), quiet=True)
        command = build_ext(Distribution({"name": "credscore", "ext_modules": modules}))
        command.build_lib, command.build_temp = str(made / "lib"), str(made / "temp")
        command.ensure_finalized()
        command.run()
        for built in map(Path, command.get_outputs()):
            build_data["force_include"][str(built)] = f"credscore/{built.name}"
        build_data["pure_python"], build_data["infer_tag"] = False, True
