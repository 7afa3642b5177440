// Importing a statement: the file says what it holds, columns can be put right, then it becomes lines.
import { useClient } from '@yingzao/platform/client/react'
import { useSay } from '@yingzao/ui/data/say'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Input, Modal, Select } from 'antd'
import { useRef, useState } from 'react'
import type { ImportedStatement } from '../shape.ts'
import { columns, text } from './text.ts'

interface Props {
  readonly account: string
  readonly onClose: () => void
  readonly onDone: () => void
}

export function ImportStatement({ account, onClose, onDone }: Props) {
  const t = useText(text)
  const format = useFormats()
  const say = useSay()
  const client = useClient()
  const input = useRef<HTMLInputElement>(null)
  const [file, setFile] = useState<{ readonly id: string; readonly name: string } | null>(null)
  const [found, setFound] = useState<ImportedStatement | null>(null)
  const [mapping, setMapping] = useState<Readonly<Record<string, number>>>({})
  const [opening, setOpening] = useState('')
  const [busy, setBusy] = useState(false)

  const ask = async (id: string, more: object = {}) => {
    setBusy(true)
    try {
      const asked = { account, file: id, mapping, ...(opening === '' ? {} : { opening }), ...more }
      const answer = await client.perform<ImportedStatement>('reconciliation.import', asked)
      setFound(answer)
      if (answer.statement === null) return
      say.good(t('imported', { count: answer.lines }))
      onDone()
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const choose = async (given: File | undefined) => {
    if (!given) return
    setBusy(true)
    try {
      const stored = await client.upload(given, given.name)
      setFile({ id: stored.id, name: stored.name })
      setFound(null)
      setMapping({})
      await ask(stored.id, { mapping: {} })
    } catch (error) {
      say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('import')}
      okText={t('confirm', { count: found?.lines ?? 0 })}
      cancelText={t('cancel')}
      okButtonProps={{ disabled: !found || found.lines === 0 || !file, loading: busy }}
      onCancel={onClose}
      onOk={() => {
        if (file) void ask(file.id, { confirm: true })
      }}
    >
      <div className="yz-stack">
        <div className="yz-flex">
          <Button loading={busy && !found} onClick={() => input.current?.click()}>
            {t('chooseFile')}
          </Button>
          <span className="yz-clip">{file?.name}</span>
          <input
            ref={input}
            type="file"
            hidden
            aria-label={t('file')}
            accept=".csv,.xlsx,.txt"
            onChange={event => void choose(event.target.files?.[0])}
          />
        </div>
        {found && (
          <>
            <p role="status">
              {t('found', { count: found.lines + found.known, from: found.from ?? '', to: found.to ?? '' })}
            </p>
            {found.known > 0 && <p className="yz-soft">{t('known', { count: found.known })}</p>}
            {found.bad.length > 0 && (
              <p className="yz-bad">
                {t('bad', {
                  count: found.bad.length,
                  rows: found.bad
                    .slice(0, 10)
                    .map(each => each.row)
                    .join(', '),
                })}
              </p>
            )}
            <p>
              {t('opening')} {format.money(found.opening)} · {t('closing')} {format.money(found.closing)}
            </p>
            {found.opening === null && (
              <Input
                aria-label={t('opening')}
                placeholder={t('opening')}
                inputMode="decimal"
                value={opening}
                onChange={event => setOpening(event.target.value.replaceAll(/[,\s]/g, ''))}
              />
            )}
          </>
        )}
        {file && (
          <details>
            <summary>{t('column')}</summary>
            <div className="yz-match-columns">
              {columns.map(column => (
                <div key={column}>
                  <span className="yz-soft">{t(`c_${column}`)}</span>
                  <Select
                    aria-label={t(`c_${column}`)}
                    value={mapping[column] ?? found?.mapping[column] ?? -1}
                    onChange={at => {
                      const { [column]: _, ...rest } = mapping
                      const next = at < 0 ? rest : { ...rest, [column]: at }
                      setMapping(next)
                      void ask(file.id, { mapping: next })
                    }}
                    options={[
                      { value: -1, label: t('noColumn') },
                      ...(found?.headers ?? []).map((header, value) => ({ value, label: header || `${value + 1}` })),
                    ]}
                  />
                </div>
              ))}
            </div>
          </details>
        )}
      </div>
    </Modal>
  )
}
