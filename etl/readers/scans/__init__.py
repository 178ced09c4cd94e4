"""Pictures of pages: made upright, rules found, text recognised."""
