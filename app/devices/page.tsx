import { DevicesScreen } from "../../components/fabric/devices-screen.tsx";

export default function Page() {
  return <DevicesScreen />;
}
