"""Other people's forms in and out: claim sheets, and the project folder that they live in."""
