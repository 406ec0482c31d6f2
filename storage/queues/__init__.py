"""The two durable queues."""
