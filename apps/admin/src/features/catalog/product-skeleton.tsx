import { Loading, Skeleton } from '@souk/ui/skeleton'

export function ProductSkeleton() {
  return (
    <Loading label="Loading the product">
      <div className="flex flex-col gap-2 pb-5">
        <Skeleton className="h-4 w-20" />
        <Skeleton className="h-7 w-56" />
        <Skeleton className="h-4 w-36" />
      </div>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-96" />
          <Skeleton className="h-56" />
        </div>
        <Skeleton className="h-96" />
      </div>
    </Loading>
  )
}
