"""What web pages are made of: tags, spans, encodings, and what a page says about itself."""
