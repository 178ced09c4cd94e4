"""An invented county (示例（虚构）): its governments, figures and prose, written as the files that counties publish."""
