// `yingzao print verify`, by a code as typed and by a file; the history is made here, without any server.
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type ChangeRow,
  digestOf,
  fingerprintOf,
  genesis,
  hashOf,
  leavesOf,
  sealKey,
  signCheckpoint,
} from '@yingzao/kernel/change/chain'
import { bytesDigest, codeOf, sheetDigest } from '@yingzao/platform/print/code'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { command } from './print-verify.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'yingzao-print-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const key = sealKey(randomBytes(32))
const record = '018f0000-0000-7000-8000-0000000000aa'
const id = (at: number) => `018f0000-0000-7000-8000-${String(at).padStart(12, '0')}`
const change = (at: number, more: Partial<ChangeRow>): ChangeRow => ({
  ...{ id: id(at), at: '2026-11-21T08:00:00.000Z', by: null, from: 'web', entity: 'budget', record, version: 1 },
  ...{ op: 'create', action: null, cause: null, request: null, diff: {} },
  ...more,
})

function exported(rows: readonly ChangeRow[]): string {
  const at = '2026-11-21T08:00:00.000Z'
  const lines: string[] = [JSON.stringify({ audit: 1, tenant: 't_main', at, key: key.public })]
  let hash = genesis
  rows.forEach((row, index) => {
    const salt = randomBytes(16)
    const digest = digestOf(row, leavesOf(row, salt, null) ?? {})
    hash = hashOf(hash, index + 1, row.id, digest)
    const seal = {
      number: index + 1,
      digest: digest.toString('hex'),
      hash: hash.toString('hex'),
      salt: salt.toString('hex'),
    }
    lines.push(JSON.stringify({ ...seal, change: row }))
  })
  const end = { number: rows.length, hash: hash.toString('hex'), at }
  return `${[...lines, JSON.stringify({ end, signature: signCheckpoint(key, 't_main', end) })].join('\n')}\n`
}

test('genuine, superseded, altered, unknown and untrusted are told apart, with the exit code of each', async () => {
  const sheet = sheetDigest({ title: '目标成本' })
  const code = codeOf(id(2), sheet)
  const pdf = Buffer.from(`%PDF-1.7 (${code}) 目标成本`)
  const print = change(2, {
    op: 'action',
    action: 'print',
    diff: { _print: [null, { sheet, file: bytesDigest(pdf), copy: 1 }] },
  })
  const rows = [change(1, { diff: { name: [null, 'A'] } }), print]
  const path = (name: string, content: string | Buffer) => {
    writeFileSync(join(folder, name), content)
    return join(folder, name)
  }
  const terminal = { say: () => {}, json: true }
  const verify = async (given: string, history: string, ...more: string[]) => {
    const answer = await command.run([given, '--history', history, ...more], terminal)
    return { exit: answer?.exit, document: answer?.document, text: answer?.text() ?? '' }
  }
  const now = path('now.ndjson', exported(rows))
  const later = path('later.ndjson', exported([...rows, change(3, { op: 'update', version: 2 })]))
  const file = path('form.pdf', pdf)
  expect(await verify(code, now, '--key', fingerprintOf(key.public))).toMatchObject({
    exit: 0,
    document: { verdict: 'genuine', print: { entity: 'budget', record, version: 1, copy: 1, number: 2 } },
  })
  expect((await verify(file, now)).text).toContain('真实，且是最新内容')
  expect(await verify(file, later)).toMatchObject({ exit: 0, document: { verdict: 'superseded', later: 1 } })
  const touched = path('touched.pdf', Buffer.from(pdf.toString().replace('目标', '目錄')))
  expect(await verify(touched, now)).toMatchObject({ exit: 1, document: { verdict: 'altered' } })
  expect(await verify(codeOf(id(9), sheet), now)).toMatchObject({ exit: 1, document: { verdict: 'unknown' } })
  const forged = path('forged.ndjson', exported(rows).replace('"copy":1', '"copy":7'))
  expect(await verify(code, forged)).toMatchObject({ exit: 1, document: { verdict: 'untrusted' } })
  expect(await verify(code, now, '--key', '0'.repeat(32))).toMatchObject({
    exit: 1,
    document: { verdict: 'untrusted' },
  })
  await expect(verify('nothing', now)).rejects.toMatchObject({ code: 'cli.usage' })
  await expect(command.run([code], terminal)).rejects.toMatchObject({ code: 'cli.usage' })
})
