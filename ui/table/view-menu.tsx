// Saved views: how I want to see this list, under a name.
import { DownOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import type { EntityMeta, Json } from '@yingzao/kernel/entity'
import { useClient } from '@yingzao/platform/client/react'
import { App, Button, Dropdown, Input } from 'antd'
import { useSay } from '../data/say.ts'
import { useText } from '../text/language.tsx'
import type { ListControl } from './list-state.ts'
import { text } from './text.ts'

export function ViewMenu({ entity, list }: { entity: EntityMeta; list: ListControl }) {
  const t = useText(text)
  const client = useClient()
  const cache = useQueryClient()
  const say = useSay()
  const { modal } = App.useApp()
  const { state, view, views, changed } = list

  const content = (): Json => {
    const { columns, filter, sort, group, q, look, dates } = state
    const kept: Json = JSON.parse(
      JSON.stringify({
        columns,
        filter,
        sort,
        ...(group ? { group } : {}),
        ...(q ? { q } : {}),
        ...(look === 'table' ? {} : { look }),
        ...(look === 'calendar' && dates ? { dates } : {}),
      }),
    )
    return kept
  }
  const save = async (name: string, id?: string) => {
    try {
      const saved = await client.views.save({ entity: entity.name, name, state: content(), ...(id ? { id } : {}) })
      await cache.invalidateQueries({ queryKey: ['yz', 'views', entity.name] })
      list.openView(saved.id)
      say.good(t('viewSaved'))
    } catch (error) {
      say.bad(error)
    }
  }
  const saveAs = () => {
    let name = ''
    void modal.confirm({
      title: t('saveViewAs'),
      icon: null,
      content: (
        <Input
          autoFocus
          aria-label={t('viewName')}
          placeholder={t('viewName')}
          maxLength={60}
          onChange={event => {
            name = event.target.value.trim()
          }}
        />
      ),
      okText: t('save'),
      cancelText: t('cancel'),
      onOk: () => (name ? save(name) : Promise.reject(new Error('name'))),
    })
  }
  const remove = async () => {
    if (!view) return
    try {
      await client.views.remove(view.id)
      list.openView(null)
      await cache.invalidateQueries({ queryKey: ['yz', 'views', entity.name] })
    } catch (error) {
      say.bad(error)
    }
  }
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        selectable: true,
        selectedKeys: [view?.id ?? 'default'],
        items: [
          { key: 'default', label: t('defaultView') },
          ...views.map(each => ({ key: each.id, label: each.name })),
          { type: 'divider' as const },
          ...(view ? [{ key: 'save', label: t('saveView'), disabled: !changed }] : []),
          { key: 'save-as', label: t('saveViewAs') },
          ...(view ? [{ key: 'remove', label: t('deleteView'), danger: true }] : []),
        ],
        onClick: ({ key }) => {
          if (key === 'save' && view) void save(view.name, view.id)
          else if (key === 'save-as') saveAs()
          else if (key === 'remove') void remove()
          else list.openView(key === 'default' ? null : key)
        },
      }}
    >
      <Button>
        <span className="yz-clip yz-view-name">{view?.name ?? t('defaultView')}</span>
        {changed && <span aria-hidden="true">*</span>}
        <DownOutlined aria-hidden="true" />
      </Button>
    </Dropdown>
  )
}
