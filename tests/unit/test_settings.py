"""Settings from the environment, from a file and from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import ConfigurationError
from bot.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def test_without_any_setting_everything_lies_in_the_data_folder(tmp_path: Path) -> None:
    settings = read_settings()

    assert settings.database == f"sqlite:///{tmp_path / 'var' / 'carrel.db'}"
    assert settings.files == Path("var/files")
    assert settings.vectors == tmp_path / "home" / ".cache" / "carrel"
    assert settings.program.is_dir()


def test_the_environment_wins_over_the_file_and_arguments_over_both(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("CARREL_DATABASE_URL=file\nCARREL_LOG=json\n", encoding="utf-8")
    monkeypatch.setenv("CARREL_DATABASE_URL", "environment")
    monkeypatch.setenv("CARREL_UNHEARD_OF", "x")

    assert read_settings().database == "environment"
    assert read_settings().log == "json"


def test_places_may_be_named_apart_from_the_data() -> None:
    settings = Settings(
        database_url="postgresql://db/carrel", files_url="file:///srv/files", cache=Path("/c")
    )

    assert settings.database == "postgresql://db/carrel"
    assert settings.files == Path("/srv/files")
    assert settings.vectors == Path("/c")


def test_a_file_store_of_another_kind_is_refused_with_the_remedy() -> None:
    with pytest.raises(ConfigurationError, match="use file:///FOLDER"):
        _ = Settings(files_url="s3://bucket").files


def test_every_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARREL_LOG", "loud")
    monkeypatch.setenv("CARREL_LEASE_SECONDS", "soon")

    with pytest.raises(ConfigurationError) as caught:
        read_settings()
    lines = str(caught.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["CARREL_LOG", "CARREL_LEASE_SECONDS"]
