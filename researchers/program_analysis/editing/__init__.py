"""Format-preserving edits on concrete trees: what `edits` offers is made and applied here."""
