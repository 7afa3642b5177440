// What a person reads about a formula's error, in Chinese and English, each with the next step.
import type { FormulaError, FormulaErrorCode, Kind } from './type.ts'

export type Language = 'zh' | 'en'
type Text = Readonly<Record<Language, string>>

/** `{name}` is filled from the error's values; `{?meant …}` is left out when that value is empty. */
export const FORMULA_MESSAGES: Readonly<Record<FormulaErrorCode, Text>> = {
  'formula.empty': {
    zh: '公式是空的。请写一个表达式，例如 qty * price。',
    en: 'The formula is empty. Write an expression, for example qty * price.',
  },
  'formula.too_long': {
    zh: '公式有 {length} 个字符，最多 {most} 个。请把一部分拆成单独的公式字段。',
    en: 'The formula has {length} characters; at most {most} are allowed. Move a part of it into a formula field of its own.',
  },
  'formula.too_deep': {
    zh: '公式嵌套超过 {most} 层。请把里层拆成单独的公式字段。',
    en: 'The formula is nested more than {most} levels deep. Move the inner part into a formula field of its own.',
  },
  'formula.syntax': {
    zh: '这里不应出现“{found}”。请检查它前面的运算符、括号和引号。',
    en: 'Did not expect “{found}” here. Check the operator, bracket or quote before it.',
  },
  'formula.incomplete': {
    zh: '公式没有写完。请补上缺少的值、右括号、then 或 else。',
    en: 'The formula ends too early. Add the missing value, closing bracket, then or else.',
  },
  'formula.lookalike': {
    zh: '“{found}”不是公式里的符号。请改用半角的 {meant}。',
    en: '“{found}” is no symbol of formulas. Write {meant} instead.',
  },
  'formula.not_supported': {
    zh: '公式不支持“{found}”这种写法。请改用运算、比较、if、in、明细汇总或函数。',
    en: 'Formulas do not support “{found}”. Use arithmetic, comparison, if, in, totals of lines or a function instead.',
  },
  'formula.number': {
    zh: '数字太大或小数位太多：整数部分最多 {digits} 位，小数最多 {places} 位。请缩短它。',
    en: 'The number is too large or too fine: at most {digits} digits before and {places} after the point. Shorten it.',
  },
  'formula.text': {
    zh: '文本里不能有“{found}”。可用的转义有 \\n \\t \\r \\" \\\\ 和 \\uXXXX。',
    en: 'Text cannot hold “{found}”. The escapes are \\n \\t \\r \\" \\\\ and \\uXXXX.',
  },
  'formula.date': {
    zh: '“{found}”不是日期。请写成 date("2025-01-31") 的形式。',
    en: '“{found}” is not a date. Write it as date("2025-01-31").',
  },
  'formula.unknown_name': {
    zh: '这里没有叫“{name}”的字段{?meant ，是不是 {meant}}？请从字段列表中选择；文本要加引号。',
    en: 'There is no field “{name}” here{?meant ; did you mean {meant}?} Choose one from the list of fields; put text in quotes.',
  },
  'formula.unknown_function': {
    zh: '没有叫“{name}”的函数{?meant ，是不是 {meant}}？请从函数列表中选择。',
    en: 'There is no function “{name}”{?meant ; did you mean {meant}?} Choose one from the list of functions.',
  },
  'formula.arguments': {
    zh: '函数 {name} 要 {expected} 个参数，这里有 {found} 个。请增减参数。',
    en: 'The function {name} takes {expected} arguments, here are {found}. Add or remove some.',
  },
  'formula.scale': {
    zh: '小数位数要直接写成 -{most} 到 {most} 之间的整数，例如 round(amount, 2)。',
    en: 'Write the number of places as an integer from -{most} to {most}, for example round(amount, 2).',
  },
  'formula.type': {
    zh: '这里要{expected}，却是{found}。请换一个字段，或用函数转换。',
    en: 'This must be {expected} but is {found}. Use another field, or a function that converts it.',
  },
  'formula.compare': {
    zh: '{left}和{right}不能用“{sign}”连接。请让两边的类型一致；数字转文本用 string()。',
    en: '“{sign}” cannot join {left} and {right}. Make both sides the same type; string() turns a number into text.',
  },
  'formula.branches': {
    zh: '各个值的类型要一致，这里既有{left}又有{right}。请统一它们。',
    en: 'These values must have one type, but there is {left} and {right}. Make them the same.',
  },
  'formula.lines': {
    zh: '这里有多个值，不能当作一个值用。请用 sum、count、min、max、mean 汇总，或用 some、every 判断。',
    en: 'There are many values here, not one. Combine them with sum, count, min, max or mean, or test them with some or every.',
  },
  'formula.not_lines': {
    zh: '这里要一个明细字段，例如 lines 或 lines[qty > 0]。',
    en: 'This must be a field with lines, such as lines or lines[qty > 0].',
  },
  'formula.loops': {
    zh: '明细的汇总或筛选套在别的明细里，最多 {most} 层。请把里层写成明细上的公式字段。',
    en: 'Totals and filters of lines stand inside each other, at most {most} deep. Make the inner one a formula field.',
  },
  'formula.path': {
    zh: '“{name}”前面的值没有下级字段。点号只用于引用和明细，例如 project.code。',
    en: 'What stands before “{name}” has no fields. A dot is for references and lines only, such as project.code.',
  },
  'formula.reference': {
    zh: '这里取不到“{name}”：公式只能经过一层引用。请在被引用的对象上加一个公式字段，再引用它。',
    en: '“{name}” is out of reach: a formula passes through one reference only. Add a formula field to the referenced record and use that.',
  },
  'formula.choice': {
    zh: '“{found}”不是选项{?meant ，是不是 {meant}}？可选的有：{options}。',
    en: '“{found}” is not one of the choices{?meant ; did you mean {meant}?} They are: {options}.',
  },
  'formula.id': {
    zh: '“{found}”不是记录编号。请与记录的编号（UUID）比较，或比较它的字段，例如 project.code = "…"。',
    en: '“{found}” is not a record id. Compare with an id (UUID), or compare one of its fields: project.code = "…".',
  },
  'formula.result': {
    zh: '公式要得出{expected}，现在得出{found}。请修改公式，或改变字段类型。',
    en: 'The formula must give {expected} but gives {found}. Change the formula or the type of the field.',
  },
}

/** Types as a person calls them. `scalar` stands for any single value. */
export const KIND_WORDS: Readonly<Record<Kind | 'scalar', Text>> = {
  number: { zh: '数字', en: 'a number' },
  text: { zh: '文本', en: 'text' },
  flag: { zh: '是/否', en: 'yes or no' },
  date: { zh: '日期', en: 'a date' },
  instant: { zh: '时间', en: 'a moment' },
  ref: { zh: '引用', en: 'a reference' },
  list: { zh: '列表', en: 'a list' },
  lines: { zh: '明细', en: 'lines' },
  null: { zh: '空值', en: 'nothing' },
  any_choice: { zh: '选项', en: 'a choice' },
  scalar: { zh: '数字、文本、日期或是/否', en: 'a number, text, a date or yes or no' },
}

/** Values that are kinds, in the errors that carry them. */
const KIND_VALUES: Partial<Record<FormulaErrorCode, readonly string[]>> = {
  'formula.type': ['expected', 'found'],
  'formula.compare': ['left', 'right'],
  'formula.branches': ['left', 'right'],
  'formula.result': ['expected', 'found'],
}

/** The message of an error for a person. */
export function describeError(error: FormulaError, language: Language): string {
  const kinds = KIND_VALUES[error.code] ?? []
  const value = (name: string): string => {
    const raw = error.values[name] ?? ''
    return kinds.includes(name) && isKind(raw) ? KIND_WORDS[raw][language] : raw
  }
  // Values are put in after the pattern is read, so a `{` of the user's is only a character.
  return FORMULA_MESSAGES[error.code][language].replace(
    /\{\?(\w+) ((?:[^{}]|\{\w+\})*)\}|\{(\w+)\}/g,
    (_, asked: string | undefined, optional: string, name: string | undefined) => {
      if (name !== undefined) return value(name)
      return asked && value(asked) !== '' ? optional.replace(/\{(\w+)\}/g, (_whole, inner: string) => value(inner)) : ''
    },
  )
}

const isKind = (name: string): name is Kind | 'scalar' => Object.hasOwn(KIND_WORDS, name)
