"""Every row of every knowledge table reads its own examples and none of its rejects, composed and decomposed."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from importlib.resources import files

import pytest
import yaml

from vnadmin_nlp.extract import (
    actors,
    actors_weigh,
    cues,
    deadlines,
    deadlines_context,
    header,
    issuer,
    recipients,
    references_issuers,
    references_laws,
    references_named,
    references_pinpoints,
    references_relations,
    references_types,
    signer,
)
from vnadmin_nlp.knowledge import abbreviations, agencies, calendar, document_types, ministries, places
from vnadmin_nlp.layout import landmarks
from vnadmin_nlp.links import bodies, terms
from vnadmin_nlp.outline import closing, joiner, labels, leads, task_cells
from vnadmin_nlp.read import tables
from vnadmin_nlp.resolve.obligations import told
from vnadmin_nlp.taggers import proposals

# one line a table: the function that says which rows of it are found in a text
READERS: dict[str, Callable[[str], set[str]]] = {
    "body_posts": bodies.reads_posts,
    "body_names": bodies.reads_names,
    "body_symbols": bodies.reads_symbols,
    "party_terms": terms.reads,
    "document_types": document_types.reads,
    "section_landmarks": landmarks.reads,
    "table_heads": tables.reads,
    "task_tables": task_cells.reads,
    "numbering": labels.reads,
    "closings": closing.reads,
    "line_ends": joiner.reads,
    "quote_cues": leads.reads,
    "actor_heads": actors.reads_actors,
    "actor_names": actors.reads_actors,
    "actor_posts": actors.reads_actors,
    "actor_nouns": actors.reads_actors,
    "actor_fields": agencies.reads_fields,
    "actor_ends": agencies.reads_ends,
    "actor_parts": agencies.reads_parts,
    "actor_cues": actors_weigh.reads_cues,
    "actor_misprints": agencies.reads_misprints,
    "provinces": places.reads_provinces,
    "ministries": ministries.reads,
    "actor_abbreviations": abbreviations.reads,
    "agency_heads": issuer.reads_heads,
    "markings": header.reads_markings,
    "recipient_purposes": recipients.reads_purposes,
    "authority_marks": signer.reads_authority,
    "signer_titles": signer.reads_titles,
    "ranks": signer.reads_ranks,
    "family_names": signer.reads_families,
    "name_cues": proposals.reads_cues,
    "reference_types": references_types.reads,
    "reference_issuers": references_issuers.reads,
    "relation_cues": references_relations.reads,
    "pinpoint_units": references_pinpoints.reads,
    "law_names": references_laws.reads,
    "named_works": references_named.reads,
    "standards": references_named.reads,
    "named_work_cues": references_named.reads_cues,
    "deadline_phrases": deadlines.reads,
    "deadline_contexts": deadlines_context.reads,
    "holidays": calendar.read_overrides,
    "deontic_cues": cues.read_cues,
    "clause_heads": cues.read_heads,
    "task_titles": cues.read_titles,
    "told_bodies": told.read_told,
}

DATA = files("vnadmin_nlp.knowledge").joinpath("data")
TABLES = sorted(path.name.removesuffix(".yaml") for path in DATA.iterdir() if path.name.endswith(".yaml"))


def rows(table: str) -> list[dict]:
    return yaml.safe_load(DATA.joinpath(f"{table}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("table", TABLES)
def test_every_table_has_a_reader(table: str) -> None:
    assert table in READERS, f"add a reader of {table}.yaml to READERS"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("table", TABLES)
def test_examples_and_rejects(table: str, form: str) -> None:
    read = READERS[table]
    wrong = []
    for row in rows(table):
        for text in row["examples"]:
            if row["id"] not in read(unicodedata.normalize(form, text)):
                wrong.append(f"{row['id']} does not read its example {text!r}")
        for text in row.get("rejects", []):
            if row["id"] in read(unicodedata.normalize(form, text)):
                wrong.append(f"{row['id']} reads its reject {text!r}")
    assert not wrong, "\n".join(wrong)
