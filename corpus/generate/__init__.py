"""Synthetic Vietnamese administrative dispatches with known links: `python corpus/generate --n 1000 --seed 7 -o out`.

`world` says who issues, `registers` which numbers, `threads` and `plan` which documents there are and which follows
which; `compose`, `phrases` and `layout` write one document from its plan; `citations` write its references and
`reader` decides which documents of the corpus they fit; `write` puts it all into files. Words stand in YAML beside.
"""
