"""What the catalogue puts around a list or a place, in English."""

TEXTS = {
    "place": "[line {line}, ]column {column}",
    "list.listed": "{names} and {more} more",
    "range.from": "from {least} on",
    "range.to": "from {least} to {most}",
    "range.below": "from {least} to below {most}",
    "range.above": "above {least}, up to {most}",
    "relation.or": " or ",
    "relation.and": " and ",
    "relation.equals": " == ",
    "list.few": "{names}, …",
}
