// The line below: how many tasks, the project's finish, what waits for confirmation; and the message of the moment.
import { useEffect } from 'react'
import { baselineName } from './baseline.ts'
import type { Controller } from './controller.ts'
import { formatDate } from './date-text.ts'
import { Icon } from './icon.tsx'
import { useStore } from './store.ts'

export function StatusBar({ controller }: { controller: Controller }) {
  useStore(controller.surroundings, state => state.lang)
  const readOnly = useStore(controller.surroundings, state => state.readOnly)
  const given = useStore(controller.surroundings, state => state.given)
  const { outline, dates, preview, error, computed } = useStore(controller.viewer.store, state => state)
  const pending = useStore(controller.session, state => state.pendingCount)
  const selected = useStore(controller.ui, state => state.selected.size)
  const baselines = useStore(controller.ui, state => state.options.baselines)
  const named = useStore(controller.surroundings, state => state.baselines)
  const words = controller.words()
  const { lang } = controller.sheet()
  const compared = baselines.map(key => baselineName(words, key, named)).filter(name => name !== '')
  if (given) return <footer className="yzg-status">{given.summary}</footer>
  const finish = (preview ?? dates).projectFinish
  return (
    <footer className="yzg-status">
      <span>{selected > 1 ? words.rows_selected(selected) : words.tasks_count(outline.count)}</span>
      {computed || error ? null : <span>{words.loading}</span>}
      {outline.count > 0 && computed ? (
        <span>
          {words.project_finish}{' '}
          <b className={preview && finish > dates.projectFinish ? 'yzg-bad' : ''}>{formatDate(lang, finish)}</b>
        </span>
      ) : null}
      {error ? (
        <span className="yzg-bad" role="alert">
          {controller.explainError(error)}
        </span>
      ) : null}
      {compared.map((name, at) => (
        <span key={name} className="yzg-compared" data-place={at + 1}>
          {name}
        </span>
      ))}
      <span className="yzg-space" />
      {pending > 0 ? <span>{words.pending(pending)}</span> : null}
      {readOnly ? <span>{words.read_only}</span> : null}
    </footer>
  )
}

const MESSAGE_TIME = 8000

export function Message({ controller }: { controller: Controller }) {
  const message = useStore(controller.ui, state => state.message)
  useEffect(() => {
    if (!message) return
    const timer = window.setTimeout(() => controller.ui.set({ message: undefined }), MESSAGE_TIME)
    return () => window.clearTimeout(timer)
  }, [controller, message])
  return (
    <div className="yzg-message-place" aria-live={message?.kind === 'error' ? 'assertive' : 'polite'}>
      {message ? (
        <div className="yzg-message" data-kind={message.kind}>
          <span>{message.text}</span>
          <button
            type="button"
            className="yzg-button"
            aria-label={controller.words().close}
            onClick={() => controller.ui.set({ message: undefined })}
          >
            <Icon name="close" />
          </button>
        </div>
      ) : null}
    </div>
  )
}
