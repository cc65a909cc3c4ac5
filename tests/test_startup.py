"""What is not needed is not imported: shown in a fresh interpreter."""

import subprocess
import sys

import pytest

DOCUMENTS = ("docx", "lxml", "openpyxl", "pathspec")
HEAVY = (*DOCUMENTS, "spacy", "regex", "phonenumbers", "PIL", "onnxruntime", "pygls", "tree_sitter", "yaml")


def imported(code: str, modules: tuple[str, ...]) -> list[str]:
    report = f"print([module for module in {modules!r} if module in sys.modules])"
    program = f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\n{report}"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    found: list[str] = eval(done.stdout.rstrip().rpartition("\n")[2])  # noqa: S307
    return found


@pytest.mark.parametrize("argument", ["--help", "--version", "check --help", "explain --help"])
def test_help_imports_nothing_heavy(argument: str) -> None:
    code = f"sys.argv = ['checkpost', *{argument.split()!r}]; from checkpost.cli import main; main()"
    assert imported(code, HEAVY) == []


def test_the_package_imports_nothing_heavy() -> None:
    assert imported("import checkpost, checkpost.cli", (*HEAVY, "rich", "checkpost.api")) == []


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        ("['explain', 'clt-2020:4.6.b']", ("spacy", "onnxruntime", "tokenizers", "numpy", "pygls", "pydantic")),
        ("['check', 'CONTRIBUTING.md']", ("spacy", "pygls", "http", "multiprocessing", "PIL", "xml", "pydantic")),
    ],
)
def test_nothing_loads_spacy_until_a_name_model_is_asked_for(arguments: str, unneeded: tuple[str, ...]) -> None:
    code = f"sys.argv = ['checkpost', *{arguments}]; from checkpost.cli import main; main()"
    assert imported(code, unneeded) == []


def test_a_plain_draft_needs_no_reader_of_documents() -> None:
    code = "sys.argv = ['checkpost', 'check', 'README.md', 'examples']; from checkpost.cli import main; main()"
    assert imported(code, ("docx", "lxml", "openpyxl")) == []


def test_the_lazy_names_are_there() -> None:
    import checkpost  # noqa: PLC0415

    assert all(getattr(checkpost, name) for name in checkpost.__all__)
    with pytest.raises(AttributeError):
        _ = checkpost.nothing
