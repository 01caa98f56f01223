"""A new contract project: its files, made from a contract."""

from accord.starting.project import Plan, example_contract, project_files

__all__ = ["Plan", "example_contract", "project_files"]
