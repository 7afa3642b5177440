// One form being arranged: its head and blocks beside a preview; saved as a draft, published for everybody.
import { PlusOutlined } from '@ant-design/icons'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Json } from '@yingzao/kernel/entity'
import { type Failure, isFailure } from '@yingzao/platform/client'
import type { PrintBlock, PrintTemplate } from '@yingzao/platform/client/print'
import { useClient } from '@yingzao/platform/client/react'
import { entityOf, useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Tag } from '@yingzao/ui/field/tag.tsx'
import { Failed, NotFound, Waiting } from '@yingzao/ui/shell/notice.tsx'
import { PageHeader } from '@yingzao/ui/shell/page-header.tsx'
import { useLabel, useLanguage, useText } from '@yingzao/ui/text/language.tsx'
import { App, Button, Dropdown, Select } from 'antd'
import { useState } from 'react'
import { type Declared, type Edition, overviewKey, type PrintedEntity } from '../shape.ts'
import { BlockForm } from './block-form.tsx'
import { changedAt } from './edit-list.ts'
import { HeadForm, type Logo } from './head-form.tsx'
import { MoveButtons } from './ordered.tsx'
import { Preview } from './preview.tsx'
import { text } from './text.ts'

type Lang = Edition['lang']
const langs = ['any', 'zh', 'en'] as const

interface Opened {
  readonly template: PrintTemplate
  readonly logo: Logo | null
}

/** Of one entity, in one language: what was being worked on, else what is published, else the shipped form. */
export function Editor({ of, onBack }: { of: PrintedEntity; onBack: () => void }) {
  const { lang: mine } = useLanguage()
  const client = useClient()
  const [lang, setLang] = useState<Lang>(() => of.drafts[0]?.lang ?? of.published[0]?.lang ?? 'any')
  const draft = of.drafts.find(each => each.lang === lang)
  const published = of.published.find(each => each.lang === lang)
  const from = draft ?? published
  const opened = useQuery<Opened, Failure>({
    queryKey: ['yz', 'print_template', 'open', of.entity, lang, from?.id, mine],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async () => {
      if (!from) {
        const found = await client.perform<Declared>('print_template.declared', {
          ...{ entity: of.entity, lang: lang === 'any' ? mine : lang },
        })
        return { template: found.template, logo: null }
      }
      const record = await client.entity<string>('print_template').get(from.id)
      const [logo] = Array.isArray(record.logo) ? record.logo : []
      return { template: templateIn(record.content), logo: logoIn(logo) }
    },
  })
  if (opened.error) return <Failed error={opened.error} retry={() => void opened.refetch()} />
  if (!opened.data) return <Waiting />
  return (
    <Desk
      key={`${lang} ${from?.id}`}
      {...{ of, lang, draft, published, onBack }}
      opened={opened.data}
      onLang={setLang}
    />
  )
}

/** What is kept was read strictly by the server. */
const templateIn = (content: Json | undefined): PrintTemplate => JSON.parse(JSON.stringify(content ?? null))
function logoIn(file: Json | undefined): Logo | null {
  if (typeof file !== 'object' || file === null || !('id' in file)) return null
  return { id: String(file.id), name: String(file.name), size: Number(file.size), type: String(file.type) }
}

interface DeskProps {
  readonly of: PrintedEntity
  readonly lang: Lang
  readonly draft: Edition | undefined
  readonly published: Edition | undefined
  readonly opened: Opened
  readonly onLang: (lang: Lang) => void
  readonly onBack: () => void
}

function Desk({ of, lang, draft, published, opened, onLang, onBack }: DeskProps) {
  const t = useText(text)
  const label = useLabel()
  const say = useSay()
  const meta = useMeta()
  const client = useClient()
  const cache = useQueryClient()
  const { modal } = App.useApp()
  const [template, setTemplate] = useState(opened.template)
  const [logo, setLogo] = useState(opened.logo)
  const [changed, setChanged] = useState(false)
  const [busy, setBusy] = useState(false)
  const entity = entityOf(meta, of.entity)
  if (!entity) return <NotFound />
  const change = (next: PrintTemplate) => {
    setTemplate(next)
    setChanged(true)
  }
  const setBlocks = (blocks: readonly PrintBlock[]) => change({ ...template, blocks })
  const fresh = (): Readonly<Record<PrintBlock['is'], (() => PrintBlock) | null>> => {
    const lines = entity.fields.find(field => field.kind === 'lines')
    const inner = lines?.kind === 'lines' ? entityOf(meta, lines.of) : undefined
    const columns = (inner?.fields ?? []).filter(field => !field.quiet && !field.system).slice(0, 6)
    const money = entity.fields.find(field => field.kind === 'money')
    const boxes = (['maker', 'checker', 'approver'] as const).map(word => ({ label: t(word), name: '' }))
    return {
      fields: () => ({ is: 'fields', title: '', columns: 2, fields: [] }),
      lines:
        lines && columns.length > 0
          ? () => ({
              ...{ is: 'lines', title: label(lines.label), field: lines.name, totals: true },
              columns: columns.map(({ name }) => ({ name })),
            })
          : null,
      words: money ? () => ({ is: 'words', field: money.name }) : null,
      text: () => ({ is: 'text', text: '', align: 'left', size: 'normal' }),
      signatures: () => ({ is: 'signatures', boxes }),
      trail: entity.approval === undefined ? null : () => ({ is: 'trail', title: t('trail') }),
      attachments: entity.discussion === false ? null : () => ({ is: 'attachments', title: t('attachments') }),
      page: () => ({ is: 'page' }),
    }
  }
  const makers = fresh()
  const kinds = (['fields', 'lines', 'words', 'text', 'signatures', 'trail', 'attachments', 'page'] as const).filter(
    kind => makers[kind] !== null,
  )

  const keep = async (publish: boolean) => {
    setBusy(true)
    try {
      const door = client.entity<string>('print_template')
      const content: Json = JSON.parse(JSON.stringify(template))
      const values = { content, logo: logo ? [{ ...logo }] : [] }
      const saved = draft
        ? await door.patch(draft.id, (await door.get(draft.id)).version, values)
        : await door.create({ name: label(of.label), entity: of.entity, lang, ...values })
      if (publish) await door.run(saved.id, 'publish')
      setChanged(false)
      say.good(t(publish ? 'published' : 'saved'))
    } catch (error) {
      if (isFailure(error)) say.bad(error)
      else throw error
    } finally {
      setBusy(false)
      await cache.invalidateQueries({ queryKey: overviewKey })
    }
  }
  const reset = () =>
    void modal.confirm({
      title: t('reset'),
      content: t('resetNote'),
      okText: t('reset'),
      cancelText: t('cancel'),
      onOk: async () => {
        try {
          if (published) await client.entity<string>('print_template').run(published.id, 'retire')
          await cache.invalidateQueries({ queryKey: overviewKey })
        } catch (error) {
          say.bad(error)
        }
      },
    })
  const blockName = (block: PrintBlock) =>
    'title' in block && block.title ? `${t(block.is)} · ${block.title}` : t(block.is)

  return (
    <div className="yz-print">
      <PageHeader
        title={label(of.label)}
        badges={changed || draft ? <Tag tone="warn">{t('draft')}</Tag> : undefined}
        actions={
          <>
            <Button onClick={onBack}>{t('back')}</Button>
            <Select<Lang>
              aria-label={t('lang')}
              value={lang}
              disabled={changed}
              options={langs.map(value => ({ value, label: t(value) }))}
              onChange={onLang}
            />
            {published && <Button onClick={reset}>{t('reset')}</Button>}
            <Button loading={busy} disabled={!changed} onClick={() => void keep(false)}>
              {t('save')}
            </Button>
            <Button type="primary" loading={busy} disabled={!changed && !draft} onClick={() => void keep(true)}>
              {t('publish')}
            </Button>
          </>
        }
      />
      <div className="yz-print-editor">
        <div className="yz-print-side">
          <HeadForm
            {...{ entity, template, logo }}
            onChange={change}
            onLogo={next => {
              setLogo(next)
              setChanged(true)
            }}
          />
          {template.blocks.map((block, at) => (
            <section key={`${at} ${block.is}`} className="yz-print-card">
              <header>
                <h2 className="yz-clip">{blockName(block)}</h2>
                <MoveButtons list={template.blocks} at={at} name={blockName(block)} onChange={setBlocks} />
              </header>
              <BlockForm
                entity={entity}
                block={block}
                onChange={next => setBlocks(changedAt(template.blocks, at, next))}
              />
            </section>
          ))}
          <Dropdown
            trigger={['click']}
            menu={{
              items: kinds.map(kind => ({ key: kind, label: t(kind) })),
              onClick: ({ key }) => {
                const made = kinds.find(kind => kind === key)
                const block = made && makers[made]?.()
                if (block) setBlocks([...template.blocks, block])
              },
            }}
          >
            <Button className="yz-print-add" icon={<PlusOutlined aria-hidden="true" />}>
              {t('add')}
            </Button>
          </Dropdown>
        </div>
        <Preview
          {...{ entity, template }}
          kept={draft?.id ?? published?.id ?? null}
          logo={
            logo
              ? client.fileUrl(logo.id, true, { entity: 'print_template', id: draft?.id ?? published?.id ?? '' })
              : null
          }
        />
      </div>
    </div>
  )
}
