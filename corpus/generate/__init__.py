"""Synthetic Vietnamese administrative dispatches with exact gold and known links: `vnadmin generate`.

`world` says who issues, `registers` which numbers, `threads` and `plan` which documents there are and which follows
which; `compose` writes one document from its plan as a `draft` of annotated pieces, `layout` sets it on a page, `noise`
spoils it, `gold` reads the annotation off; `reader` decides which documents the references mean; `write` puts it all
into files. Words stand in YAML beside.
"""
