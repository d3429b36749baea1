import { Suspense } from "react";
import { TopologyScreen } from "../../components/topology/topology-screen.tsx";

export default function TopologyPage() {
  return (
    // The address says how it is drawn, and is known in the browser only.
    <Suspense>
      <TopologyScreen />
    </Suspense>
  );
}
