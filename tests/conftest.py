import os


def pytest_configure() -> None:
    # a warehouse or dbt folder that the user named is not the tests'; each names its own
    for name in ("CRADLE_DB", "DBT_TARGET_PATH", "DBT_LOG_PATH"):
        os.environ.pop(name, None)
    # at `debug`, dbt's own choice, its log names every statement: a sixth of the time of a build
    os.environ.setdefault("DBT_LOG_LEVEL_FILE", "info")
