// The rights of a role: the matrix, the drawer of one grant, and saving all of it as one batch that can be undone.
import type { EntityMeta, RecordJson } from '@yingzao/kernel/entity'
import { type BatchStep, isFailure } from '@yingzao/platform/client'
import { useClient } from '@yingzao/platform/client/react'
import { useMeta } from '@yingzao/ui/data/meta'
import { useSay } from '@yingzao/ui/data/say'
import { Waiting } from '@yingzao/ui/shell/notice.tsx'
import { useLabel, useText } from '@yingzao/ui/text/language.tsx'
import { App, Button } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import type { RightsOverview } from '../../rights-shape.ts'
import { isDirty, isIncomplete, type Line, losesGrants, newLine, stepsOf, undoOf } from './draft.ts'
import { Matrix } from './matrix.tsx'
import { text } from './text.ts'
import { useAskAgain, useLines } from './use-rights.ts'
import { useRightsWords } from './words.ts'

const GrantDrawer = lazy(() => import('./grant-drawer.tsx'))

interface Props {
  readonly grant: EntityMeta
  readonly role: RecordJson
  readonly overview: RightsOverview
}

export function RoleRights({ grant, role, overview }: Props) {
  const t = useText(text)
  const say = useSay()
  const label = useLabel()
  const words = useRightsWords()
  const client = useClient()
  const askAgain = useAskAgain()
  const { me } = useMeta()
  const { modal } = App.useApp()
  const saved = useLines(role.id, overview)
  const [edits, setEdits] = useState<ReadonlyMap<string, Line>>(new Map())
  const [opened, setOpened] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const code = String(role.code)
  const name = words.role(code)
  const readOnly = !grant.can.includes('update')

  // Added lines stand behind the saved ones of their entity; an edit that came back to what is saved is none.
  const fresh = [...edits.values()].filter(line => !line.saved)
  const lines = saved ? [...saved.map(line => edits.get(line.id) ?? line), ...fresh] : []
  const dirty = lines.filter(isDirty)
  const put = (line: Line) =>
    setEdits(before => {
      const next = new Map(before)
      if (isDirty(line) || (!line.saved && !line.gone)) next.set(line.id, line)
      else next.delete(line.id)
      return next
    })

  useEffect(() => {
    if (dirty.length === 0) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [dirty.length])

  if (!saved) return <Waiting />
  const entityOf = (line: Line) => overview.entities.find(each => each.name === line.entity)
  const open = (line: Line) => {
    if (!lines.some(each => each.id === line.id)) setEdits(before => new Map(before).set(line.id, line))
    setOpened(line.id)
  }
  const shown = lines.find(line => line.id === opened)
  const shownEntity = shown && entityOf(shown)

  const undo = async (steps: readonly BatchStep[]) => {
    try {
      await client.batch(steps)
      say.good(t('undone'))
    } catch (error) {
      say.bad(error)
    }
    await askAgain()
  }
  const write = async () => {
    setBusy(true)
    try {
      const steps = stepsOf(role.id, lines, overview.entities)
      const { results } = await client.batch(steps)
      const back = undoOf(lines, steps, results)
      setEdits(new Map())
      setOpened(null)
      await askAgain()
      say.undoable(t('saved', { role: name }), () => undo(back), 20)
    } catch (error) {
      if (isFailure(error) && error.code === 'record.stale') say.info(t('stale'))
      else say.bad(error)
    } finally {
      setBusy(false)
    }
  }
  const people = overview.roles.find(each => each.id === role.id)?.people ?? 0
  const mine = me.roles.some(each => each.role === code)
  const save = () => {
    const loses = mine && losesGrants(lines)
    void modal.confirm({
      title: loses ? t('losesTitle') : t('saveTitle', { role: name }),
      width: 560,
      okText: loses ? t('loseAnyway') : t('save'),
      okButtonProps: { danger: loses },
      cancelText: t('cancel'),
      content: (
        <div className="yz-stack">
          {loses && <p>{t('losesNote')}</p>}
          <p className="yz-soft">
            {code === 'member' ? t('affectsAll') : people === 0 ? t('affectsNobody') : t('affects', { count: people })}
          </p>
          <dl className="yz-rights-summary">
            {dirty.map(line => {
              const entity = entityOf(line)
              return (
                <div key={line.id}>
                  <dt>{entity ? label(entity.label) : line.entity}</dt>
                  {words.line(entity, line).map(each => (
                    <dd key={each}>{each}</dd>
                  ))}
                </div>
              )
            })}
          </dl>
        </div>
      ),
      onOk: write,
    })
  }
  const incomplete = dirty.some(isIncomplete)
  return (
    <>
      <Matrix overview={overview} lines={lines} readOnly={readOnly} onChange={put} onOpen={open} />
      {dirty.length > 0 && (
        <section className="yz-rights-save" aria-label={t('saveCount', { count: dirty.length })}>
          {incomplete && <span className="yz-bad">{t('incomplete')}</span>}
          <Button onClick={() => setEdits(new Map())}>{t('discard')}</Button>
          <Button type="primary" loading={busy} disabled={incomplete} onClick={save}>
            {t('saveCount', { count: dirty.length })}
          </Button>
        </section>
      )}
      {shown && shownEntity && (
        <Suspense fallback={null}>
          <GrantDrawer
            key={shown.id}
            entity={shownEntity}
            line={shown}
            readOnly={readOnly}
            onChange={put}
            onAdd={() => open(newLine(shown.entity, { functions: ['read'], scope: 'own' }))}
            onDecline={() =>
              void client.perform('organisation.decline_offer', { grant: shown.id }).then(
                () => {
                  say.good(t('kept'))
                  return askAgain()
                },
                error => say.bad(error),
              )
            }
            onClose={() => {
              setOpened(null)
              setEdits(before => new Map([...before].filter(([, line]) => isDirty(line))))
            }}
          />
        </Suspense>
      )}
    </>
  )
}
