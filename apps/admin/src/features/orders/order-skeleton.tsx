import { Loading, Skeleton } from '@souk/ui/skeleton'

function PanelSkeleton({ className }: { className: string }) {
  return (
    <div className="rounded-control border border-line bg-raised">
      <div className="border-line border-b px-4 py-3.5">
        <Skeleton className="h-4 w-24" />
      </div>
      <div className="p-4">
        <Skeleton className={className} />
      </div>
    </div>
  )
}

export function OrderSkeleton() {
  return (
    <Loading label="Loading the order">
      <div className="flex flex-col gap-2 pb-5">
        <Skeleton className="h-4 w-16" />
        <Skeleton className="h-7 w-64 max-w-full" />
        <Skeleton className="h-4 w-40" />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_21rem]">
        <div className="flex flex-col gap-4">
          <PanelSkeleton className="h-64" />
          <PanelSkeleton className="h-32" />
        </div>
        <div className="flex flex-col gap-4">
          <PanelSkeleton className="h-48" />
          <PanelSkeleton className="h-36" />
        </div>
      </div>
    </Loading>
  )
}
