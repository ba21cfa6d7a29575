// One row per text of $words that ends some name of a kind: how many names it ends.
UNWIND $words AS word
MATCH (n:<<label>>)
WHERE word <> '' AND n.name ENDS WITH word
RETURN word AS word, count(n) AS n
ORDER BY word
