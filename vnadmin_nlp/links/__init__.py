"""Links between the documents of a corpus: what each reference means, threads, the citation graph, reports."""

from vnadmin_nlp.links.link import link, link_records
from vnadmin_nlp.links.result import Candidate, Cited, Link, Links
from vnadmin_nlp.links.tables import link_run, link_tables

__all__ = ["Candidate", "Cited", "Link", "Links", "link", "link_records", "link_run", "link_tables"]
