"""Settings, read once from the environment and `.env`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigurationError

PROGRAMS = Path(__file__).parent / "programs"


class Settings(BaseSettings):
    """What an operator may set; every name has the prefix CARREL_."""

    model_config = SettingsConfigDict(env_prefix="CARREL_", env_file=".env", extra="ignore")

    data: Path = Path("var")
    database_url: str = ""
    files_url: str = ""
    program: Path = PROGRAMS / "lssc"
    secret: str = ""
    encoder: Path | None = None
    cache: Path | None = None
    log: Literal["text", "json"] = "text"
    lease_seconds: float = Field(default=120.0, ge=1, le=86_400, allow_inf_nan=False)

    @property
    def database(self) -> str:
        """The database's URL; an SQLite file in the data folder unless another is named."""
        return self.database_url or f"sqlite:///{(self.data / 'carrel.db').resolve()}"

    @property
    def files(self) -> Path:
        """The folder of stored files."""
        if not self.files_url:
            return self.data / "files"
        if self.files_url.startswith("file://"):
            return Path(self.files_url.removeprefix("file://"))
        raise ConfigurationError(
            f"CARREL_FILES_URL {self.files_url!r} is not supported: use file:///FOLDER."
        )

    @property
    def vectors(self) -> Path:
        """The folder where encoded documents are remembered; safe to delete at any time."""
        return self.cache or Path.home() / ".cache" / "carrel"


def read_settings() -> Settings:
    """The settings; ConfigurationError names each wrong one."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = (f"CARREL_{str(e['loc'][0]).upper()}: {e['msg']}" for e in error.errors())
        raise ConfigurationError("\n".join(wrong)) from error
