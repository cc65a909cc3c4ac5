"""Another spaCy pipeline may lend its eye for names; without one, or with a broken one, the report says so."""

from dataclasses import replace

import pytest
import spacy

from checkpost.engine import Engine
from checkpost.model import Markup, Part, Post, Verdict
from tests.organisation import config


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A pipeline that knows three people."""
    nlp = spacy.blank("en")
    names = ["Marigold Pettifer", "Megan Rowntree", "Marie Curie"]
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": name} for name in names])  # type: ignore[attr-defined]
    path = tmp_path_factory.mktemp("model")
    nlp.to_disk(path)
    return str(path)


def post(text: str) -> Post:
    return Post("p", "p", (Part("text", text, markup=Markup.MARKDOWN),))


def test_a_model_sees_whom_no_list_knows(model: str) -> None:
    engine = Engine.of(replace(config(), name_model=model))
    text = "**Marigold** Pettifer met Megan Rowntree, who read about Marie Curie"
    report = engine.check_post(post(text))
    seen = [(f.match, f.confidence.value) for f in report.findings if f.detector == "model-name"]
    assert seen == [("Marigold** Pettifer", "low")]
    assert (engine.check([post(text)]).model or "").endswith(f" + {model}")
    assert not report.not_checked


def test_a_model_that_is_not_there_is_not_checked() -> None:
    report = Engine.of(replace(config(), name_model="no_such_model")).check_post(post("Hello"))
    (item,) = report.not_checked
    assert item.what == "model-name"
    assert "no_such_model" in item.why
    assert report.verdict is Verdict.REVIEW
