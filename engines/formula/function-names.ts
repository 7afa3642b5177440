// The names of the functions, and the words a field cannot be called.

/** FEEL's own names that have a space in them; the grammar must know them. Underscores may be written for the spaces. */
export const MULTI_WORD_FUNCTIONS = [
  'string length',
  'upper case',
  'lower case',
  'starts with',
  'ends with',
  'list contains',
] as const

/** Words of the language: no field, line or variable may have such a name. */
export const RESERVED_WORDS: readonly string[] = [
  ...['and', 'between', 'doc', 'else', 'every', 'external', 'false', 'for', 'function', 'if', 'in', 'instance', 'item'],
  ...['not', 'null', 'or', 'return', 'satisfies', 'some', 'then', 'true'],
]

/** `string  length` and `string_length` are one name. */
export const functionKey = (name: string): string => name.replaceAll(' ', '_')

/** What people from spreadsheets and SQL look for → what it is called here. */
export const FAMILIAR_NAMES: Readonly<Record<string, string>> = {
  average: 'mean',
  avg: 'mean',
  ceil: 'ceiling',
  concat: '+',
  get_or_else: 'coalesce',
  if_null: 'coalesce',
  ifnull: 'coalesce',
  isblank: 'is_empty',
  len: 'string length',
  length: 'string length',
  lower: 'lower case',
  nvl: 'coalesce',
  substr: 'substring',
  upper: 'upper case',
}

/** Every function, by its key. */
export const FUNCTION_NAMES: readonly string[] = [
  ...[
    'abs',
    'add_months',
    'ceiling',
    'coalesce',
    'contains',
    'count',
    'current_user',
    'day',
    'days_between',
    'ends_with',
  ],
  ...[
    'floor',
    'is_empty',
    'list_contains',
    'lower_case',
    'max',
    'mean',
    'min',
    'month',
    'month_end',
    'month_start',
    'not',
  ],
  ...['now', 'round', 'starts_with', 'string', 'string_length', 'substring', 'sum', 'today', 'upper_case', 'year'],
]

export const isFunctionName = (name: string): boolean => FUNCTION_NAMES.includes(functionKey(name))
