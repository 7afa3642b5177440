// Links to lists and records.
import { Link } from '@tanstack/react-router'
import type { EntityMeta } from '@yingzao/kernel/entity'
import type { ReactNode } from 'react'

type At = Pick<EntityMeta, 'module' | 'name'>

interface Props {
  readonly entity: At
  readonly children: ReactNode
  readonly className?: string
}

export const RecordLink = ({ entity, id, children, className = 'yz-link' }: Props & { readonly id: string }) => (
  <Link
    to="/$module/$name/$id"
    params={{ module: entity.module, name: entity.name, id }}
    className={className}
    preload={false}
    onClick={event => event.stopPropagation()}
  >
    {children}
  </Link>
)

export const ListLink = ({ entity, children, className = 'yz-link' }: Props) => (
  <Link to="/$module/$name" params={{ module: entity.module, name: entity.name }} className={className}>
    {children}
  </Link>
)
