// Finds the pages of modules: one small chunk per module, its components lazily behind it.
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext } from 'react'
import { useMeta } from '../data/meta.ts'
import { definePages, type ModulePages, type Pages } from '../pages.ts'

const ModulePagesContext = createContext<ModulePages>({})
export const ModulePagesProvider = ({ pages, children }: { pages: ModulePages; children: ReactNode }) => (
  <ModulePagesContext value={pages}>{children}</ModulePagesContext>
)

const none = definePages({})

const pagesQuery = (all: ModulePages, module: string) => ({
  queryKey: ['module-pages', module],
  queryFn: async () => (await all[module]?.())?.default ?? none,
  staleTime: Number.POSITIVE_INFINITY,
})

/** The pages of a module; undefined while its chunk is on the way. */
export function useModulePages(module: string): Pages | undefined {
  const all = useContext(ModulePagesContext)
  const { data } = useQuery({ ...pagesQuery(all, module), enabled: module in all })
  return module in all ? data : none
}

/** Of every module I can see: for the home page, and for entities that another module adds to. */
export function useAllModulePages(): { readonly ready: boolean; readonly pages: readonly Pages[] } {
  const all = useContext(ModulePagesContext)
  const meta = useMeta()
  const names = meta.modules.map(module => module.name).filter(name => name in all)
  return useQueries({
    queries: names.map(name => pagesQuery(all, name)),
    combine: answers => ({
      ready: answers.every(answer => !answer.isPending),
      pages: answers.flatMap(answer => (answer.data ? [answer.data] : [])),
    }),
  })
}

/** A button-like link to a page of a module. */
export const ModuleLink = ({ module, page, children }: { module: string; page: string; children: ReactNode }) => (
  <Link to="/$module/$name" params={{ module, name: page }} className="yz-button">
    {children}
  </Link>
)
