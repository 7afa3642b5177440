// 待付款: the cashier's day. What waits, the accounts it can be paid from, and paying many at once, by keyboard if he likes.
import { DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { compare, subtract, sum } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { blobOf, saveBlob } from '@yingzao/ui/data/download'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import DayPicker from '@yingzao/ui/field/day-picker.tsx'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { App, Button, Checkbox, Input, Select, Tag } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { BankFile, PayQueue, QueueRow } from '../queue-shape.ts'
import './queue.css'
import { kinds, text } from './text.ts'

const entityName = { request: 'payment_request', claim: 'claim', advance: 'advance', bond: 'bid_bond' } as const

export default function QueuePage() {
  const t = useText(text)
  const client = useClient()
  const found = useQuery({
    queryKey: ['payment.queue'],
    queryFn: () => client.perform<PayQueue>('payment.queue'),
  })
  const under = entityOf(useMeta(), 'payment')
  return (
    <>
      <PageHeader title={t('queue')} {...(under ? { under } : {})} />
      <div className="yz-queue yz-stack">
        {found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : found.data ? (
          <Queue queue={found.data} />
        ) : (
          <Waiting />
        )}
      </div>
    </>
  )
}

function Queue({ queue }: { readonly queue: PayQueue }) {
  const t = useText(text)
  const format = useFormats()
  const meta = useMeta()
  const client = useClient()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const say = useSay()
  const { modal } = App.useApp()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [at, setAt] = useState(0)
  const [from, setFrom] = useState<string | null>(null)
  const [day, setDay] = useState(queue.today)
  const [reference, setReference] = useState('')
  const box = useRef<HTMLDivElement>(null)

  const rows = queue.rows.filter(row => chosen.has(row.id))
  const company = rows[0]?.company ?? null
  const accounts = queue.accounts.filter(each => company === null || each.company === company)
  const account = accounts.find(each => each.id === from) ?? null
  const total = sum(rows.map(row => row.rest))
  const left = account && subtract(account.available, total)
  const short = left !== null && compare(left, '0') < 0
  const items = rows.map(({ source, id }) => ({ source, id }))

  const toggle = (row: QueueRow) => {
    const next = new Set(chosen)
    if (!next.delete(row.id)) {
      if (company !== null && row.company !== company) return say.bad(new Error(t('otherCompany')))
      next.add(row.id)
    }
    setChosen(next)
  }
  const all = () => {
    const of = company ?? queue.rows[0]?.company ?? null
    const same = queue.rows.filter(row => row.company === of)
    setChosen(new Set(same.every(row => chosen.has(row.id)) ? [] : same.map(row => row.id)))
  }
  const payAll = useMutation({
    mutationFn: () =>
      client.perform<{ total: string; to_check: number }>('payment.pay', {
        ...{ items, account: from, paid_on: day },
        ...(reference.trim() === '' ? {} : { bank_ref: reference.trim() }),
      }),
    onSuccess: async ({ total, to_check }) => {
      const done = t('done', { count: rows.length, amount: format.money(total) })
      if (to_check === 0) say.good(done)
      else say.info(t('toCheck', { count: rows.length, amount: format.money(total), check: to_check }))
      setChosen(new Set())
      setReference('')
      await cache.invalidateQueries()
    },
    onError: error => say.bad(error),
  })
  const file = useMutation({
    mutationFn: () => client.perform<BankFile>('payment.bank_file', { items }),
    onSuccess: made => saveBlob(blobOf(made), made.name),
    onError: error => say.bad(error),
  })
  const can = rows.length > 0 && account !== null && !short && !payAll.isPending
  const pay = () => {
    if (!can || !account) return
    modal.confirm({
      title: t('confirm', { account: account.name, count: rows.length, amount: format.money(total) }),
      okText: t('payNone'),
      cancelText: t('cancel'),
      autoFocusButton: 'ok',
      onOk: () => payAll.mutateAsync().catch(() => undefined),
    })
  }
  const open = (row: QueueRow) => {
    const entity = entityOf(meta, entityName[row.source])
    if (entity)
      void navigate({ to: '/$module/$name/$id', params: { module: entity.module, name: entity.name, id: row.id } })
  }
  const focus = (index: number) => {
    const next = Math.max(0, Math.min(queue.rows.length - 1, index))
    setAt(next)
    box.current?.querySelectorAll<HTMLElement>('tbody tr')[next]?.focus()
  }
  const onKey = (event: KeyboardEvent) => {
    const row = queue.rows[at]
    if (!row || !(event.target instanceof HTMLTableRowElement) || event.ctrlKey || event.metaKey || event.altKey) return
    const keys: Readonly<Record<string, () => void>> = {
      ArrowDown: () => focus(at + 1),
      ArrowUp: () => focus(at - 1),
      Home: () => focus(0),
      End: () => focus(queue.rows.length - 1),
      ' ': () => toggle(row),
      Enter: pay,
      a: all,
      d: () => open(row),
    }
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  if (queue.rows.length === 0)
    return (
      <p role="status" className="yz-soft">
        {t('none')}
      </p>
    )
  const late = queue.rows.filter(row => row.due_on !== null && row.due_on < queue.today)
  return (
    <>
      <Figures
        items={[
          { label: t('waiting'), value: String(queue.rows.length) },
          { label: t('total'), value: format.money(sum(queue.rows.map(row => row.rest))) },
          {
            label: t('late'),
            value: format.money(sum(late.map(row => row.rest))),
            tone: late.length > 0 ? 'bad' : undefined,
          },
          { label: t('held'), value: format.money(sum(queue.accounts.map(each => each.balance))) },
        ]}
      />
      <p className="yz-soft yz-queue-keys">{t('keys')}</p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to its rows, which take the focus */}
      <div ref={box} onKeyDown={onKey}>
        <FigureTable
          label={t('queue')}
          rows={queue.rows}
          keyOf={row => row.id}
          rowProps={row => ({
            'aria-selected': chosen.has(row.id),
            tabIndex: queue.rows[at]?.id === row.id ? 0 : -1,
            onFocus: () => setAt(queue.rows.indexOf(row)),
          })}
          columns={[
            {
              key: 'what',
              label: t('what'),
              cell: row => {
                const entity = entityOf(meta, entityName[row.source])
                const kind = kinds.find(each => each === row.kind)
                return (
                  <span className="yz-queue-what">
                    <Checkbox
                      tabIndex={-1}
                      checked={chosen.has(row.id)}
                      aria-label={t('choose', { name: row.name })}
                      onChange={() => toggle(row)}
                    />
                    {entity ? (
                      <RecordLink entity={entity} id={row.id}>
                        {row.name}
                      </RecordLink>
                    ) : (
                      row.name
                    )}
                    {kind && <Tag>{t(kind)}</Tag>}
                    <span className="yz-soft">{row.number}</span>
                  </span>
                )
              },
            },
            { key: 'payee', label: t('payee'), cell: row => row.payee },
            {
              key: 'account',
              label: t('account'),
              wide: true,
              cell: row => (
                <span className="yz-queue-account">
                  {row.account ?? t('cash')}
                  {row.bank && <span className="yz-soft">{row.bank}</span>}
                </span>
              ),
            },
            { key: 'project', label: t('project'), wide: true, cell: row => row.project ?? '' },
            {
              key: 'due',
              label: t('due'),
              cell: row => (
                <>
                  {format.date(row.due_on)}{' '}
                  {row.due_on !== null && row.due_on < queue.today && <Tag color="error">{t('overdue')}</Tag>}
                </>
              ),
            },
            {
              key: 'rest',
              label: t('rest'),
              figure: true,
              cell: row => (
                <span className="yz-queue-account">
                  <strong>{format.money(row.rest)}</strong>
                  {compare(row.paid, '0') !== 0 && (
                    <span className="yz-soft">
                      {t('paidOf', { paid: format.money(row.paid), approved: format.money(row.approved) })}
                    </span>
                  )}
                </span>
              ),
            },
          ]}
        />
      </div>
      <div className="yz-queue-bar" role="toolbar" aria-label={t('payNone')}>
        <Button onClick={all}>{t('all')}</Button>
        <span aria-live="polite">{t('selected', { count: rows.length })}</span>
        <Select
          aria-label={t('from')}
          placeholder={t('chooseFrom')}
          className="yz-queue-from"
          value={account?.id ?? null}
          onChange={setFrom}
          options={accounts.map(each => ({
            value: each.id,
            label: `${each.name} · ${t('available', { amount: format.money(each.available) })}`,
          }))}
        />
        <span className="yz-queue-day">
          <DayPicker
            label={t('day')}
            value={day}
            time={false}
            onChange={next => setDay(typeof next === 'string' ? next : queue.today)}
          />
        </span>
        <Input
          aria-label={t('reference')}
          placeholder={t('reference')}
          className="yz-queue-reference"
          value={reference}
          onChange={event => setReference(event.target.value)}
        />
        {left !== null && rows.length > 0 && (
          <span className={short ? 'yz-bad' : 'yz-soft'} role="status">
            {short ? t('short', { amount: format.money(subtract('0', left)) }) : `${t('after')} ${format.money(left)}`}
          </span>
        )}
        <span className="yz-grow" />
        <Button
          icon={<DownloadOutlined aria-hidden="true" />}
          disabled={rows.length === 0}
          loading={file.isPending}
          onClick={() => file.mutate()}
        >
          {t('file')}
        </Button>
        <Button type="primary" disabled={!can} loading={payAll.isPending} onClick={pay}>
          {rows.length === 0 ? t('payNone') : t('pay', { amount: format.money(total) })}
        </Button>
      </div>
    </>
  )
}
