// 银行对账: the bank on the left, our books on the right, what the system proposes marked; below the proof that both agree.
import { UploadOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { compare, isZero, subtract, sum } from '@yingzao/engines/money'
import { useClient } from '@yingzao/platform/client/react'
import { Figures } from '@yingzao/ui/chart/figures.tsx'
import { RecordLink } from '@yingzao/ui/data/link.tsx'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Failed, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { type FigureColumn, FigureTable } from '@yingzao/ui/table/figure-table.tsx'
import { useFormats, useText } from '@yingzao/ui/text/language.tsx'
import { Button, Checkbox, Radio, Select, Tag } from 'antd'
import { useState } from 'react'
import type { Matched, Reconciliation, SideRow } from '../shape.ts'
import { ImportStatement } from './import-statement.tsx'
import './match.css'
import { text } from './text.ts'

export default function MatchPage() {
  const t = useText(text)
  const client = useClient()
  const cache = useQueryClient()
  const meta = useMeta()
  const statementMeta = entityOf(meta, 'bank_statement')
  const [chosen, setChosen] = useState<string | null>(null)
  const [statement, setStatement] = useState<string | null>(null)
  const [importing, setImporting] = useState(false)
  const accounts = useQuery({
    queryKey: ['reconciliation.accounts'],
    queryFn: () =>
      client.entity('bank_account' as string).list({ filter: { active: { eq: true } }, sort: ['name'], limit: 500 }),
  })
  const account = chosen ?? accounts.data?.items[0]?.id ?? null
  const statements = useQuery({
    queryKey: ['reconciliation.statements', account],
    enabled: account !== null,
    queryFn: () =>
      client
        .entity('bank_statement' as string)
        .list({ filter: { account: { eq: account } }, sort: ['-to_on'], limit: 200 }),
  })
  const found = useQuery({
    queryKey: ['reconciliation.read', account, statement],
    enabled: account !== null,
    queryFn: () =>
      client.perform<Reconciliation | null>('reconciliation.read', { account, ...(statement ? { statement } : {}) }),
  })
  return (
    <>
      <PageHeader
        title={t('title')}
        {...(statementMeta ? { under: statementMeta } : {})}
        actions={
          statementMeta?.can.includes('create') && (
            <Button
              type="primary"
              icon={<UploadOutlined aria-hidden="true" />}
              disabled={account === null}
              onClick={() => setImporting(true)}
            >
              {t('import')}
            </Button>
          )
        }
      />
      <div className="yz-match yz-stack">
        <div className="yz-match-bar">
          <Select
            aria-label={t('account')}
            placeholder={t('choose')}
            className="yz-match-account"
            showSearch={{ optionFilterProp: 'label' }}
            value={account}
            onChange={value => {
              setChosen(value)
              setStatement(null)
            }}
            options={(accounts.data?.items ?? []).map(each => ({ value: each.id, label: String(each.name) }))}
          />
          {(statements.data?.items.length ?? 0) > 1 && (
            <Select
              aria-label={t('statement')}
              className="yz-match-account"
              value={statement ?? statements.data?.items[0]?.id ?? null}
              onChange={setStatement}
              options={(statements.data?.items ?? []).map(each => ({
                value: each.id,
                label: `${String(each.from_on)} – ${String(each.to_on)}`,
              }))}
            />
          )}
        </div>
        {account === null ? (
          <p className="yz-soft">{accounts.data ? t('noAccounts') : ''}</p>
        ) : found.error ? (
          <Failed error={found.error} retry={() => void found.refetch()} />
        ) : found.data === undefined ? (
          <Waiting />
        ) : found.data === null ? (
          <p role="status" className="yz-soft">
            {t('none')}
          </p>
        ) : (
          <Sides key={`${account} ${statement}`} account={account} found={found.data} />
        )}
      </div>
      {importing && account !== null && (
        <ImportStatement
          account={account}
          onClose={() => setImporting(false)}
          onDone={() => {
            setImporting(false)
            setStatement(null)
            void cache.invalidateQueries()
          }}
        />
      )}
    </>
  )
}

function Sides({ account, found }: { readonly account: string; readonly found: Reconciliation }) {
  const t = useText(text)
  const format = useFormats()
  const client = useClient()
  const cache = useQueryClient()
  const say = useSay()
  const meta = useMeta()
  const [line, setLine] = useState<string | null>(null)
  const [entries, setEntries] = useState<ReadonlySet<string>>(new Set())
  const may = entityOf(meta, 'bank_statement_line')?.can.includes('update') === true
  const net = (row: SideRow) => subtract(row.received, row.paid)
  const chosenLine = found.lines.find(each => each.id === line)
  const chosenEntries = found.entries.filter(each => entries.has(each.id))
  const [a, b] = [chosenLine ? net(chosenLine) : '0', sum(chosenEntries.map(net))] as const
  const fits = chosenLine !== undefined && chosenEntries.length > 0 && compare(a, b) === 0
  const after = async () => {
    setLine(null)
    setEntries(new Set())
    await cache.invalidateQueries()
  }
  const match = useMutation({
    mutationFn: (pairs: Reconciliation['proposals']) =>
      client.perform<{ matched: number }>('reconciliation.match', { account, pairs }),
    onSuccess: async ({ matched }) => {
      say.good(t('done', { count: matched }))
      await after()
    },
    onError: error => say.bad(error),
  })
  const undo = useMutation({
    mutationFn: (of: string) => client.perform('reconciliation.undo', { line: of }),
    onSuccess: async () => {
      say.good(t('undone'))
      await after()
    },
    onError: error => say.bad(error),
  })
  const proposed = new Set(found.proposals.flatMap(each => [each.line, ...each.entries]))
  const choose = (id: string) => {
    setLine(id)
    setEntries(new Set(found.proposals.find(each => each.line === id)?.entries ?? []))
  }
  const figure = (value: string) => (/^-?0(\.0+)?$/.test(value) ? '' : format.money(value))
  const who = (row: SideRow) => {
    const entity = row.entity === null ? undefined : entityOf(meta, row.entity)
    const note = row.note ?? ''
    return (
      <span className="yz-match-who">
        <span>
          {row.name ?? note} {proposed.has(row.id) && <Tag color="processing">{t('proposed')}</Tag>}
        </span>
        {entity && row.document ? (
          <RecordLink entity={entity} id={row.document}>
            {row.name ? note : (row.ref ?? t('ref'))}
          </RecordLink>
        ) : (
          row.name && <span className="yz-soft">{note}</span>
        )}
      </span>
    )
  }
  const amounts: readonly FigureColumn<SideRow>[] = [
    { key: 'in', label: t('in'), figure: true, cell: row => figure(row.received) },
    { key: 'out', label: t('out'), figure: true, cell: row => figure(row.paid) },
  ]
  const say_ = (row: SideRow) => t('pick', { on: row.on, amount: format.money(net(row)) })
  const side = (first: FigureColumn<SideRow>): readonly FigureColumn<SideRow>[] => [
    first,
    { key: 'who', label: t('who'), cell: who },
    ...amounts,
  ]
  return (
    <>
      <Figures
        items={[
          { label: t('bank'), value: format.money(found.bank) },
          { label: t('book'), value: format.money(found.book) },
          {
            label: t('difference'),
            value: format.money(found.difference),
            tone: isZero(found.difference) ? 'good' : 'bad',
            ...(isZero(found.difference) ? { note: t('agrees') } : {}),
          },
        ]}
      />
      {!isZero(found.opening_difference) && (
        <p className="yz-bad" role="alert">
          {t('openingOff', { amount: format.money(found.opening_difference) })}
        </p>
      )}
      {may && (
        <div className="yz-match-bar">
          <Button
            type="primary"
            disabled={found.proposals.length === 0}
            loading={match.isPending}
            onClick={() => match.mutate(found.proposals)}
          >
            {t('auto', { count: found.proposals.length })}
          </Button>
          <Button
            disabled={!fits || match.isPending}
            onClick={() => {
              if (line !== null) match.mutate([{ line, entries: [...entries] }])
            }}
          >
            {t('match')}
          </Button>
          {(line !== null || entries.size > 0) && (
            <span className={fits ? 'yz-good' : 'yz-soft'} role="status">
              {t('chosen', { line: format.money(a), entries: format.money(b) })}
            </span>
          )}
        </div>
      )}
      <div className="yz-match-sides">
        <section className="yz-stack" aria-label={t('bankOnly')}>
          <h2>{t('bankOnly')}</h2>
          {found.lines.length === 0 ? (
            <p className="yz-soft">{t('nothing')}</p>
          ) : (
            <FigureTable
              label={t('bankOnly')}
              rows={found.lines}
              keyOf={row => row.id}
              rowProps={row => ({ 'aria-selected': row.id === line })}
              columns={side({
                key: 'on',
                label: t('on'),
                cell: row => (
                  <Radio
                    checked={row.id === line}
                    disabled={!may}
                    aria-label={say_(row)}
                    onChange={() => choose(row.id)}
                  >
                    {format.date(row.on)}
                  </Radio>
                ),
              })}
            />
          )}
        </section>
        <section className="yz-stack" aria-label={t('bookOnly')}>
          <h2>{t('bookOnly')}</h2>
          {found.entries.length === 0 ? (
            <p className="yz-soft">{t('nothing')}</p>
          ) : (
            <FigureTable
              label={t('bookOnly')}
              rows={found.entries}
              keyOf={row => row.id}
              rowProps={row => ({ 'aria-selected': entries.has(row.id) })}
              columns={side({
                key: 'on',
                label: t('on'),
                cell: row => (
                  <Checkbox
                    checked={entries.has(row.id)}
                    disabled={!may}
                    aria-label={say_(row)}
                    onChange={() => {
                      const next = new Set(entries)
                      if (!next.delete(row.id)) next.add(row.id)
                      setEntries(next)
                    }}
                  >
                    {format.date(row.on)}
                  </Checkbox>
                ),
              })}
            />
          )}
        </section>
      </div>
      <Proof found={found} />
      {found.matched.length > 0 && (
        <section className="yz-stack" aria-label={t('matched')}>
          <h2>{t('matched')}</h2>
          <FigureTable
            label={t('matched')}
            rows={found.matched}
            keyOf={row => row.line.id}
            columns={[
              { key: 'on', label: t('on'), cell: ({ line }: Matched) => format.date(line.on) },
              { key: 'who', label: t('who'), cell: ({ line }) => who(line) },
              {
                key: 'entries',
                label: t('book'),
                cell: ({ entries: of }) => (
                  <span className="yz-match-who">
                    {of.map(each => (
                      <span key={each.id}>
                        {format.date(each.on)} {who(each)}
                      </span>
                    ))}
                  </span>
                ),
              },
              { key: 'in', label: t('in'), figure: true, cell: ({ line }) => figure(line.received) },
              { key: 'out', label: t('out'), figure: true, cell: ({ line }) => figure(line.paid) },
              ...(may
                ? [
                    {
                      ...{ key: 'undo', label: '' },
                      cell: ({ line }: Matched) => (
                        <Button size="small" disabled={undo.isPending} onClick={() => undo.mutate(line.id)}>
                          {t('undo')}
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
        </section>
      )}
    </>
  )
}

/** 银行存款余额调节表: both sides with what the other one has not. */
function Proof({ found }: { readonly found: Reconciliation }) {
  const t = useText(text)
  const format = useFormats()
  const { only } = found
  const table = (label: string, rows: readonly (readonly [string, string])[], total: readonly [string, string]) => (
    <FigureTable
      label={label}
      rows={rows}
      keyOf={([name]) => name}
      columns={[
        { key: 'name', label: t('line'), cell: ([name]) => name },
        { key: 'amount', label: t('amount'), figure: true, cell: ([, amount]) => format.money(amount) },
      ]}
      total={{ name: total[0], amount: format.money(total[1]) }}
    />
  )
  return (
    <section className="yz-stack" aria-label={t('proof')}>
      <h2>{t('proof')}</h2>
      <div className="yz-match-sides">
        {table(
          t('bank'),
          [
            [t('bank'), found.bank],
            [t('addBookIn'), only.book_in],
            [t('lessBookOut'), only.book_out],
          ],
          [t('adjustedBank'), found.adjusted_bank],
        )}
        {table(
          t('book'),
          [
            [t('book'), found.book],
            [t('addBankIn'), only.bank_in],
            [t('lessBankOut'), only.bank_out],
          ],
          [t('adjustedBook'), found.adjusted_book],
        )}
      </div>
    </section>
  )
}
