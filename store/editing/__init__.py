"""Drafts of the content: edited field by field, compared, merged, proven and published."""
