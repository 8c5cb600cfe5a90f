"""What the catalogue puts around a list or a place, in English."""

TEXTS = {
    "place": "[line {line}, ]column {column}",
    "list.listed": "{names} and {more} more",
    "list.few": "{names}, …",
}
