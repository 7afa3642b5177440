// SQL functions shared by all tenants, in schema "yingzao": the text that search compares, and its two-letter words;
// the trigger of append-only tables; and the refusal of a statement that may not be done to the row it made.

/**
 * `search_text`: compatibility forms folded (Ａ → A, ① → 1), ASCII letters small. Ends a search for "ABC" finding "abc".
 * `search_words`: whole words of ASCII letters and digits, overlapping pairs of everything else (Chinese has no spaces), and the
 * last character of each run on its own, so that a search for any single character is a prefix search. Words are only the
 * index; every hit is compared again with the fields its reader may see.
 */
export const sharedFunctions: readonly string[] = [
  `create or replace function yingzao.append_only() returns trigger
  language plpgsql as
$$ begin raise exception 'rows of % are never changed: write a reversal', tg_table_name using errcode = '55000'; end $$`,
  `create or replace function yingzao.refuse(code text, "values" jsonb) returns boolean
  language plpgsql as
$$ begin raise exception using errcode = 'YZ001', message = code, detail = "values"::text; end $$`,
  `create or replace function yingzao.search_text(value text) returns text
  language sql immutable parallel safe as
$$ select lower(normalize(value, NFKC) collate "C") $$`,
  `create or replace function yingzao.search_words(value text) returns tsvector
  language sql immutable parallel safe as
$$ select array_to_tsvector(coalesce(array_agg(distinct word), '{}')) from (
    select left(run[1], 200) as word from regexp_matches(yingzao.search_text(value), '[a-z0-9]+', 'g') as run
    union all
    select substr(run[1], place, 2)
    from regexp_matches(yingzao.search_text(value), '[^\\x01-\\x7f]+', 'g') as run,
      generate_series(1, length(run[1])) as place
  ) words $$`,
]
