// The words of `plan level`, and how it tells its progress.
import type { Budget } from '@yingzao/engines/levelling'
import { type Terminal, usageError } from './command.ts'

const DEFAULT_SECONDS = 5

export interface LevelArguments {
  readonly file: string
  readonly budget: Budget
  readonly seed: number
  readonly withinSlack: boolean
  readonly project?: string
}

/** Splits the words into the file and the options. */
export function levelArguments(args: readonly string[]): LevelArguments {
  const files: string[] = []
  let budget: Budget | undefined
  let seed = 1
  let withinSlack = false
  let project: string | undefined
  for (let i = 0; i < args.length; i++) {
    const [word = '', inline] = (args[i] ?? '').split(/=(.*)/s)
    if (!word.startsWith('--')) {
      files.push(args[i] ?? '')
      continue
    }
    if (word === '--within-slack' && inline === undefined) {
      withinSlack = true
      continue
    }
    const text = inline ?? args[++i]
    const value = text === undefined || text.trim() === '' ? Number.NaN : Number(text)
    if (word === '--seed' && Number.isSafeInteger(value)) seed = value
    else if (word === '--project' && text !== undefined) project = text
    else if (word === '--schedules' && Number.isSafeInteger(value) && value > 0 && !budget)
      budget = { schedules: value }
    else if (word === '--seconds' && value > 0 && value <= 86_400 && !budget)
      budget = { seconds: value, now: () => performance.now() }
    else if (['--seed', '--schedules', '--seconds'].includes(word))
      throw usageError({
        zh: `${word} 需要一个数；--schedules 与 --seconds 只能给一个`,
        en: `${word} needs a number; give only one of --schedules and --seconds`,
      })
    else throw usageError({ zh: `未知选项 ${word}`, en: `unknown option ${word}` })
  }
  const [file] = files
  if (file === undefined || files.length > 1) throw usageError({ zh: '请给出一个文件', en: 'name one file' })
  return {
    file,
    budget: budget ?? { seconds: DEFAULT_SECONDS, now: () => performance.now() },
    seed,
    withinSlack,
    ...(project !== undefined && { project }),
  }
}

/** Says how far it is, at most once a second. */
export function everySecond(terminal: Terminal): (line: () => string) => void {
  let said = performance.now()
  return line => {
    if (performance.now() - said < 1000) return
    said = performance.now()
    terminal.say(line())
  }
}

export const secondsSince = (began: number): number => Math.round(performance.now() - began) / 1000
