"""From filings of open-government-information reports to a database: bytes → Document → Report → Findings → DuckDB."""
