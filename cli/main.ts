// The `yingzao` program: finds the command among the files of this folder, runs it, prints its answer.
// Contract for scripts: with --json one JSON document on stdout, errors on stderr, exit code ≠ 0 on any failure.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { programVersion } from '@yingzao/platform/runtime/config'
import type { Answer, Command } from './command.ts'
import { nearest } from './nearest.ts'

const folder = dirname(fileURLToPath(import.meta.url))
const suffix = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/** Runs one command line (without `node` and the program's name) and returns the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const json = argv.includes('--json')
  const words = argv.filter(word => word !== '--json')
  if (words.length === 0 || words[0] === 'help' || words[0] === '--help' || words[0] === '-h') {
    process.stdout.write(await help())
    return words.length === 0 ? 2 : 0
  }
  if (words[0] === '--version' || words[0] === '-v') {
    process.stdout.write(`${programVersion()}\n`)
    return 0
  }
  const found = await findCommand(words)
  if (!found) return unknown(words)
  const { command, args } = found
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${usageOf(command)}\n`)
    return 0
  }
  try {
    const say = (line: string) => {
      if (!json) process.stderr.write(`${line}\n`)
    }
    return print(await command.run(args, { say, json }), json)
  } catch (error) {
    return fail(error, command)
  }
}

/** Words that name a file of this folder: `audit verify` for audit-verify.ts. Not every file is a command. */
const fileNames = () =>
  readdirSync(folder)
    .filter(file => file.endsWith(suffix) && !/\.(test|d)\.ts$/.test(file))
    .map(file => file.slice(0, -suffix.length).replaceAll('-', ' '))
    .sort()

/** The longest name wins: `plan compute` before `plan`. */
async function findCommand(words: readonly string[]): Promise<{ command: Command; args: string[] } | undefined> {
  const fitting = fileNames()
    .map(name => name.split(' '))
    .filter(name => name.every((word, i) => words[i] === word))
    .sort((a, b) => b.length - a.length)
  for (const name of fitting) {
    const command = await load(name.join(' '))
    if (command) return { command, args: words.slice(name.length) }
  }
  return undefined
}

async function load(name: string): Promise<Command | undefined> {
  const file = join(folder, `${name.replaceAll(' ', '-')}${suffix}`)
  const loaded: { command?: Command } = await import(pathToFileURL(file).href)
  return loaded.command
}

/** Every command there is, by name; loads them all, so only for help and for guessing. */
export async function allCommands(): Promise<{ name: string; command: Command }[]> {
  const loaded = await Promise.all(fileNames().map(async name => ({ name, command: await load(name) })))
  return loaded.flatMap(({ name, command }) => (command ? [{ name, command }] : []))
}

function print(answer: Answer | undefined, json: boolean): number {
  if (!answer) return 0
  process.stdout.write(`${json ? JSON.stringify(answer.document) : answer.text().trimEnd()}\n`)
  return answer.exit ?? 0
}

function fail(error: unknown, command: Command): number {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  const bug = code === undefined && error instanceof Error
  process.stderr.write(`${bug ? error.stack : error instanceof Error ? error.message : String(error)}\n`)
  if (code !== 'cli.usage' && !code?.startsWith('ERR_PARSE_ARGS')) return 1
  process.stderr.write(`${usageOf(command)}\n`)
  return 2
}

async function unknown(words: readonly string[]): Promise<number> {
  const names = (await allCommands()).map(({ name }) => name)
  const typed = words.slice(0, 2).join(' ')
  const guess = nearest(typed, names) ?? nearest(words[0] ?? '', names)
  const hint = guess ? `，是否想用 yingzao ${guess}？ | did you mean yingzao ${guess}?` : ''
  process.stderr.write(`没有命令 ${typed} | no such command${hint}\n`)
  process.stderr.write('运行 yingzao help 查看全部命令 | yingzao help lists them all\n')
  return 2
}

async function help(): Promise<string> {
  const lines = ['yingzao 营造', '']
  for (const { command } of await allCommands()) {
    for (const form of command.usage) lines.push(`  yingzao ${form}`)
    lines.push(`      ${command.summary.zh} | ${command.summary.en}`)
  }
  lines.push('', '--json：标准输出一个 JSON 文档，错误写到标准错误 | one JSON document on stdout, errors on stderr', '')
  return lines.join('\n')
}

const usageOf = ({ usage, summary }: Command) =>
  [`${summary.zh} | ${summary.en}`, ...usage.map(form => `  yingzao ${form}`)].join('\n')
