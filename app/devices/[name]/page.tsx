import { DeviceScreen } from "../../../components/fabric/device-screen.tsx";
import { nameInPath } from "../../../components/fabric/name-in-path.ts";

export default async function Page({ params }: { params: Promise<{ name: string }> }) {
  return <DeviceScreen name={nameInPath((await params).name)} />;
}
