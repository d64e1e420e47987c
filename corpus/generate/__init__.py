"""Synthetic Vietnamese administrative dispatches with exact gold and known links: `vnadmin generate --n 1000 -o DIR`.

`world` says who issues, `registers` which numbers, `threads` and `plan` which documents there are and which follows
which; `compose` writes one document from its plan as a `draft` of annotated pieces, in sentences that `phrases` speaks;
`layout` and `noise` make a page of it, `gold` reads the annotation off the pieces, `reader` decides which documents of
the corpus its references fit; `write` puts it all into files. Words stand in YAML beside. See README.md.
"""
