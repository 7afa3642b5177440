// Every text exists in both languages and fills the same places; no text hides outside a dictionary.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseSync } from '@swc/core'
import { describe, expect, test } from 'vitest'
import { fill } from './words.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => relative(root, join(entry.parentPath, entry.name)))
    .filter(path => !/node_modules|\.(test|journey|bench)\.tsx?$|\/(testing|harness)\//.test(path))
const files = [
  ...sources('ui'),
  ...sources('web'),
  ...sources('modules').filter(path => /^modules\/[^/]+\/web\//.test(path)),
]

type Node = { readonly type?: string } & Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null
const keyOf = (node: Node): unknown => (isNode(node.key) ? node.key.value : undefined)

/** Walks a syntax tree; `path` holds the nodes above. */
function walk(value: unknown, visit: (node: Node, path: readonly Node[]) => void, path: readonly Node[] = []): void {
  if (Array.isArray(value)) for (const each of value) walk(each, visit, path)
  else if (isNode(value)) {
    if (typeof value.type === 'string') visit(value, path)
    for (const each of Object.values(value))
      if (isNode(each)) walk(each, visit, typeof value.type === 'string' ? [...path, value] : path)
  }
}
const parse = (path: string) =>
  parseSync(readFileSync(join(root, path), 'utf8'), { syntax: 'typescript', tsx: path.endsWith('.tsx') })

const textOf = (node: Node): string =>
  node.type === 'TemplateLiteral' && Array.isArray(node.quasis)
    ? node.quasis.map(part => (isNode(part) ? String(part.cooked ?? part.raw ?? '') : '')).join('')
    : String(node.value ?? '')

describe('labels', () => {
  const slots = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(match => match[1]).sort()
  test.each(files.filter(path => /\bzh:/.test(readFileSync(join(root, path), 'utf8'))))(
    '%s speaks both languages',
    path => {
      const faults: string[] = []
      walk(parse(path), node => {
        if (node.type !== 'ObjectExpression' || !Array.isArray(node.properties)) return
        const properties = node.properties.filter(isNode).filter(each => each.type === 'KeyValueProperty')
        const zh = properties.find(each => keyOf(each) === 'zh')?.value
        const en = properties.find(each => keyOf(each) === 'en')?.value
        if (!isNode(zh) || !isNode(en) || zh.type !== 'StringLiteral') return
        const [chinese, english] = [textOf(zh), textOf(en)]
        if (!chinese.trim() !== !english.trim()) faults.push(`${chinese} | ${english}: one is empty`)
        const [a, b] = [new Set(slots(chinese)), new Set(slots(english))]
        if ([...a, ...b].some(name => !a.has(name) || !b.has(name)))
          faults.push(`${chinese} | ${english}: other places`)
        if (
          /[\u4e00-\u9fff]/.test(english) &&
          chinese !== 'English' &&
          !/[“”]/.test(english) &&
          english !== '中文' &&
          english !== '切换到中文'
        )
          faults.push(`${english}: Chinese in English`)
      })
      expect(faults).toEqual([])
    },
  )
})

/** Attributes whose words a reader sees or hears. */
const spoken = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'content', 'okText', 'cancelText'])
/** Dictionaries by name, and the file of words people type. */
const dictionary = /(^ui\/text\/(spoken|format)|[-/]texts?(-(zh|en))?)\.ts$/
const languageNames = new Set(['中文', 'English'])

test('no screen writes a text of its own: every word comes from a dictionary', () => {
  const faults: string[] = []
  for (const path of files.filter(each => !dictionary.test(each)))
    walk(parse(path), (node, above) => {
      // A label, or a choice by the language right where it is drawn.
      const labelled = above.some(
        each =>
          (each.type === 'KeyValueProperty' && ['zh', 'en'].includes(String(keyOf(each)))) ||
          (each.type === 'ConditionalExpression' && /"(zh|en)"/.test(JSON.stringify(each.test))),
      )
      const chinese = /[\u4e00-\u9fff]/
      if (
        (node.type === 'StringLiteral' || node.type === 'TemplateLiteral') &&
        chinese.test(textOf(node)) &&
        !labelled
      ) {
        faults.push(`${path}: ${textOf(node)}`)
      }
      if (
        node.type === 'JSXText' &&
        /[a-z\u4e00-\u9fff]{2,}/i.test(String(node.value)) &&
        !languageNames.has(String(node.value).trim())
      )
        faults.push(`${path}: <>${String(node.value).trim()}</>`)
      if (
        node.type === 'JSXAttribute' &&
        isNode(node.name) &&
        spoken.has(String(node.name.value)) &&
        isNode(node.value) &&
        node.value.type === 'StringLiteral' &&
        /[a-z]{2,}/i.test(textOf(node.value))
      )
        faults.push(`${path}: ${String(node.name.value)}="${textOf(node.value)}"`)
    })
  expect(faults).toEqual([])
})

test('places are filled, singular and plural chosen, a missing value stays visible', () => {
  expect(fill('{count} {count:row|rows}', { count: 1 })).toBe('1 row')
  expect(fill('{count} {count:row|rows}', { count: 3 })).toBe('3 rows')
  expect(fill('{name}', {})).toBe('{name}')
})
