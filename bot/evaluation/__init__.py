"""How well the assistant understands, measured for those who tune it; docs/tasks/tune-understanding.md."""
