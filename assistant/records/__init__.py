"""What the operator's database holds: keys; and, where it is asked for, questions and feedback."""
