select body from documents where sha256 = $sha256
