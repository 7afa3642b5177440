// The documentation says what is there: the same pages in both languages, links that lead somewhere, settings and commands.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { allCommands } from '@yingzao/cli/main'
import { installationRoot as root, settingsTable } from '@yingzao/platform/runtime/config'
import { describe, expect, test } from 'vitest'

const languages = ['zh', 'en'] as const
const guide = (language: string) => join(root, 'docs/guide', language)
const pages = (language: string) => readdirSync(guide(language)).sort()
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const withoutCode = (markdown: string) => markdown.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')

/** Markdown that belongs to the repository; a source archive has no git and is walked. */
function markdownFiles(): string[] {
  try {
    const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], {
      cwd: root,
    })
    return tracked
      .toString()
      .split('\n')
      .filter(path => path !== '' && existsSync(join(root, path)))
  } catch {
    return readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      path => path.endsWith('.md') && !/(^|[\\/])(node_modules|dist|\.yingzao)[\\/]/.test(path),
    )
  }
}

/** As GitHub makes them from a heading. */
const anchorsOf = (markdown: string): string[] =>
  [...markdown.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )

function deadLinks(path: string): string[] {
  const text = read(path)
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^(https?:|mailto:)/.test(link)) return []
    const [file = '', anchor] = link.split('#')
    const target = file === '' ? path : relative(root, join(root, dirname(path), decodeURIComponent(file)))
    if (!existsSync(join(root, target))) return [link]
    return anchor && target.endsWith('.md') && !anchorsOf(read(target)).includes(anchor) ? [link] : []
  })
}

describe('the guide', () => {
  test('has the same pages in Chinese and English', () => {
    expect(pages('zh')).toEqual(pages('en'))
    expect(pages('zh').length).toBeGreaterThan(10)
  })

  test.each(languages)('lists every page in its index (%s)', language => {
    const index = readFileSync(join(guide(language), 'index.md'), 'utf8')
    for (const page of pages(language)) if (page !== 'index.md') expect(index).toContain(`](${page})`)
  })

  test.each(pages('zh'))('%s has as many sections in both languages', page => {
    const sections = (language: string) =>
      readFileSync(join(guide(language), page), 'utf8').match(/^## /gm)?.length ?? 0
    expect(sections('zh')).toBe(sections('en'))
  })
})

test('every relative link leads to a file of the repository', () => {
  const dead = markdownFiles().flatMap(path => deadLinks(path).map(link => `${path} → ${link}`))
  expect(dead).toEqual([])
})

describe('settings', () => {
  test.each([
    ['README.md', 'en'],
    ['README.zh.md', 'zh'],
    ['docs/guide/en/deployment.md', 'en'],
    ['docs/guide/zh/deployment.md', 'zh'],
  ] as const)('%s has the table that the program makes', (path, language) => {
    const [head = ''] = settingsTable(language).split('\n')
    const text = read(path)
    const from = text.indexOf(head)
    expect(from, head).toBeGreaterThan(0)
    expect(text.slice(from).split('\n\n')[0]?.trim()).toBe(settingsTable(language))
  })
})

describe('commands', () => {
  const headings = (language: string) =>
    [...read(`docs/guide/${language}/cli.md`).matchAll(/^## `yingzao ([^`]+)`$/gm)].map(([, name]) => name).sort()

  test.each(languages)('the reference names every command and no other (%s)', async language => {
    const names = (await allCommands()).map(({ name }) => name)
    expect(headings(language)).toEqual(names.sort())
  })

  test.each(languages)('the reference names every option of every command (%s)', async language => {
    const text = read(`docs/guide/${language}/cli.md`)
    for (const { name, command } of await allCommands()) {
      const section = text.split(`## \`yingzao ${name}\``)[1]?.split('\n## ')[0] ?? ''
      for (const option of command.usage.join(' ').match(/--[a-z]+/g) ?? []) expect(section, name).toContain(option)
    }
  })
})
