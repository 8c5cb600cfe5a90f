"""What the catalogue puts around a list or a place, in English."""

TEXTS = {
    "place": "[line {line}, ]column {column}",
    "list.listed": "{names} and {more} more",
    "relation.or": " or ",
    "relation.and": " and ",
    "relation.equals": " == ",
    "list.few": "{names}, …",
}
