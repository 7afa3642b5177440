// Options of a command that hold numbers: `--seed 7` or `--seed=7`, taken out of the words before the rest is read.
import { usageError } from './command.ts'

export interface NumberOption {
  readonly least: number
  readonly most: number
  readonly whole?: boolean
  /** How many numbers, separated by commas; 1 unless given. */
  readonly count?: number
}

/** Splits words into the named options' numbers and the other words. A number outside its bounds is a wrong call. */
export function takeNumbers<Name extends string>(
  args: readonly string[],
  options: Readonly<Record<Name, NumberOption>>,
): { numbers: Partial<Record<Name, readonly number[]>>; rest: string[] } {
  const numbers: Partial<Record<Name, readonly number[]>> = {}
  const rest: string[] = []
  const isName = (word: string): word is Name => Object.hasOwn(options, word)
  for (let i = 0; i < args.length; i++) {
    const [word = '', inline] = (args[i] ?? '').split(/=(.*)/s)
    if (!isName(word)) {
      rest.push(args[i] ?? '')
      continue
    }
    const { least, most, whole, count = 1 } = options[word]
    const text = inline ?? args[++i] ?? ''
    const values = text.split(',').map(part => (part.trim() === '' ? Number.NaN : Number(part)))
    const fits = (value: number) => value >= least && value <= most && (!whole || Number.isInteger(value))
    if (values.length !== count || !values.every(fits)) {
      const what = { zh: whole ? '整数' : '数', en: whole ? 'whole number' : 'number' }
      throw usageError({
        zh: `${word} 需要 ${count > 1 ? `${count} 个用逗号分开的` : ''}${least}–${most} 的${what.zh}`,
        en: `${word} needs ${count > 1 ? `${count} comma-separated ${what.en}s` : `a ${what.en}`} from ${least} to ${most}`,
      })
    }
    numbers[word] = values
  }
  return { numbers, rest }
}
