// The page of any record: what it is and where it stands, what can be done, its fields, talk, files and past.
import {
  DeleteOutlined,
  DownloadOutlined,
  EditOutlined,
  LinkOutlined,
  MoreOutlined,
  PrinterOutlined,
} from '@ant-design/icons'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { App, Button, Dropdown } from 'antd'
import { useEffectEvent, useLayoutEffect, useState } from 'react'
import { useChanges } from '../data/changes.ts'
import { titleOf } from '../data/meta.ts'
import { usePaper } from '../data/paper.ts'
import { useSay } from '../data/say.ts'
import { useRecordRefs } from '../data/titles.ts'
import { anyField } from '../field/system.ts'
import { FieldValue, StateTag } from '../field/value.tsx'
import { RecordForm } from '../form/record-form.tsx'
import { Waiting } from '../shell/notice.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { useFormats, useText } from '../text/language.tsx'
import { usePhone } from '../theme/mode.tsx'
import { FieldsView } from './fields-view.tsx'
import { OpenRecord } from './open-record.tsx'
import { PageTabs } from './page-tabs.tsx'
import { SidePanel, useRecordTabs } from './side-panel.tsx'
import { text } from './text.ts'
import { VerbBar } from './verb-bar.tsx'
import './record.css'

export const RecordPage = ({ entity, id }: { entity: EntityMeta; id: string }) => (
  <OpenRecord entity={entity} id={id}>
    {record => <Shown entity={entity} record={record} />}
  </OpenRecord>
)

function Shown({ entity, record }: { entity: EntityMeta; record: RecordJson }) {
  const t = useText(text)
  const formats = useFormats()
  const say = useSay()
  const navigate = useNavigate()
  const client = useClient()
  const paper = usePaper()
  const phone = usePhone()
  const changes = useChanges(entity.name)
  const { modal } = App.useApp()
  const [editing, setEditing] = useState(false)
  const refs = useRecordRefs(entity, record)
  const { ready, tabs } = useRecordTabs(entity)
  const pages = tabs.flatMap(tab => (tab.page === undefined ? [] : [{ ...tab, page: tab.page }]))
  const { tab } = useSearch({ strict: false })
  const can = (name: string) => record._can.includes(name)
  const name = titleOf(entity, record, refs)
  const toList = () => void navigate({ to: '/$module/$name', params: { module: entity.module, name: entity.name } })

  const ask = (signal: AbortSignal) => client.entity(entity.name).printRecord(record.id, signal)
  const print = useEffectEvent(() => paper.open(ask))
  const prints = !editing && tab === undefined
  useLayoutEffect(() => {
    // Whoever presses Ctrl+P before a form wants the form, not the screen; what stands on other tabs prints as the browser does.
    const hear = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'p' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      print()
    }
    if (!prints) return
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [prints])

  useLayoutEffect(() => {
    const hear = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof Element &&
        event.target.closest('input,textarea,[contenteditable],.yz-table,.ant-modal-wrap')
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === 'e' && record._can.includes('update')) {
        event.preventDefault()
        setEditing(true)
      }
    }
    window.addEventListener('keydown', hear)
    return () => window.removeEventListener('keydown', hear)
  }, [record])

  const remove = () =>
    void modal.confirm({
      title: t('removeTitle', { name }),
      content: t('removeDetail'),
      okText: t('remove'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: async () => {
        try {
          await changes.remove(record.id, record.version)
        } catch (error) {
          return say.bad(error)
        }
        toList()
        const undo = async () => {
          await changes.restore(record.id, record.version + 1)
          say.good(t('restored'))
        }
        say.undoable(t('removed', { name }), undo)
      },
    })

  const state = record.state
  const stage = record.stage
  // The life of a document begins when it counts: before, it would read as “approving, to be paid”.
  const lives = typeof state !== 'string' || state === 'effective' || state === 'closed'
  const stageField = lives && typeof stage === 'string' ? anyField(entity, 'stage') : undefined
  const number = record.number
  const trail = (record.version > 1 ? (['updated', 'created'] as const) : (['created'] as const)).map(which => {
    const by = record[`${which}_by`]
    const who = typeof by === 'string' ? (refs.user?.[by] ?? t('system')) : t('system')
    return t(which === 'updated' ? 'updatedLine' : 'createdLine', {
      name: who,
      time: formats.ago(record[`${which}_at`]),
    })
  })

  const overview = (
    <div className="yz-record-body">
      <div className="yz-record-main">
        <FieldsView entity={entity} record={record} refs={refs} />
        <p className="yz-faint yz-trail">{trail.join(' · ')}</p>
      </div>
      <SidePanel entity={entity} record={record} history={pages.length === 0} />
    </div>
  )
  return (
    <div className="yz-record">
      <PageHeader
        title={name}
        under={entity}
        badges={
          <>
            {typeof number === 'string' && number !== name && <span className="yz-faint yz-figure">{number}</span>}
            {typeof state === 'string' && (
              <StateTag state={state === 'effective' && typeof record.void_reason === 'string' ? 'voiding' : state} />
            )}
            {stageField && <FieldValue field={stageField} value={stage} />}
          </>
        }
        actions={
          editing ? null : (
            <>
              <VerbBar entity={entity} record={record} />
              {can('update') && (
                <Button icon={<EditOutlined aria-hidden="true" />} onClick={() => setEditing(true)}>
                  {t('edit')}
                </Button>
              )}
              {!phone && (
                <Button
                  icon={<PrinterOutlined aria-hidden="true" />}
                  title={t('printHint')}
                  onClick={() => paper.open(ask)}
                >
                  {t('print')}
                </Button>
              )}
              <Dropdown
                trigger={['click']}
                menu={{
                  items: [
                    ...(phone
                      ? [{ key: 'print', icon: <PrinterOutlined aria-hidden="true" />, label: t('print') }]
                      : []),
                    { key: 'pdf', icon: <DownloadOutlined aria-hidden="true" />, label: t('savePdf') },
                    { key: 'link', icon: <LinkOutlined aria-hidden="true" />, label: t('copyLink') },
                    ...(can('delete')
                      ? [
                          {
                            key: 'remove',
                            icon: <DeleteOutlined aria-hidden="true" />,
                            label: t('remove'),
                            danger: true,
                          },
                        ]
                      : []),
                  ],
                  onClick: ({ key }) => {
                    if (key === 'remove') remove()
                    else if (key === 'print') paper.open(ask)
                    else if (key === 'pdf') paper.save(ask, `${name}.pdf`)
                    else
                      void navigator.clipboard
                        .writeText(window.location.href)
                        .then(() => say.good(t('linkCopied')), say.bad)
                  },
                }}
              >
                <Button icon={<MoreOutlined aria-hidden="true" />} aria-label={t('more')} title={t('more')} />
              </Dropdown>
            </>
          )
        }
      />
      {editing ? (
        <RecordForm
          entity={entity}
          record={record}
          onSaved={() => setEditing(false)}
          onCancel={() => setEditing(false)}
        />
      ) : !ready ? (
        <Waiting />
      ) : pages.length === 0 ? (
        overview
      ) : (
        <PageTabs entity={entity} record={record} pages={pages} overview={overview} />
      )}
    </div>
  )
}
