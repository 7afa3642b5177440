// Every refusal that the kernel can say has a message in both languages.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { kernelMessages } from './messages.ts'

const codes = new Set(
  readdirSync('kernel', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !/\.(test|bench)\.ts$|testing\//.test(file))
    .flatMap(file => [
      ...readFileSync(`kernel/${file}`, 'utf8')
        .replaceAll(/\/\*[\s\S]*?\*\//g, '')
        .matchAll(/(?:refuse|Refusal)\(\s*'([a-z_]+\.[a-z_]+)'|code: '([a-z_]+\.[a-z_]+)'|bad\('([a-z_]+\.[a-z_]+)'/g),
    ])
    .map(match => match[1] ?? match[2] ?? match[3] ?? ''),
)

test('every refusal of the kernel has its words in Chinese and English', () => {
  expect(codes.size).toBeGreaterThan(35)
  expect([...codes].filter(code => !kernelMessages[code])).toEqual([])
  for (const [code, { zh, en }] of Object.entries(kernelMessages)) {
    expect(zh, code).toMatch(/[\u4e00-\u9fff{]/)
    expect(en, code).toMatch(/[a-z{]/i)
  }
})

test('no message is left over', () => {
  const said = readdirSync('kernel', { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && !file.includes('messages'))
    .map(file => readFileSync(`kernel/${file}`, 'utf8'))
    .join('\n')
  expect(Object.keys(kernelMessages).filter(code => !said.includes(`'${code}'`))).toEqual([])
})
